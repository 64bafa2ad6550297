// The error that the protocol cases refer to; the artifact that defines it does not resolve.
$version: "2.0"

namespace smithy.framework

@error("client")
structure ValidationException {
    @required
    message: String

    fieldList: ValidationExceptionFieldList
}

list ValidationExceptionFieldList {
    member: ValidationExceptionField
}

structure ValidationExceptionField {
    @required
    path: String

    @required
    message: String
}
