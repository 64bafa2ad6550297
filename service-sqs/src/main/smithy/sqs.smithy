// Written by tools/import-models from the API model of Amazon Web Services; refresh it with that.
$version: "2.0"

namespace com.amazonaws.sqs

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_0
use aws.protocols#awsQuery
use aws.protocols#awsQueryCompatible
use aws.protocols#awsQueryError

@service(sdkId: "SQS", arnNamespace: "sqs", endpointPrefix: "sqs", cloudTrailEventSource: "sqs.amazonaws.com")
@sigv4(name: "sqs")
@awsJson1_0
@awsQuery
@awsQueryCompatible
@title("Amazon Simple Queue Service")
@xmlNamespace(uri: "http://queue.amazonaws.com/doc/2012-11-05/")
service AmazonSQS {
    version: "2012-11-05"
    operations: [
        AddPermission
        CancelMessageMoveTask
        ChangeMessageVisibility
        ChangeMessageVisibilityBatch
        CreateQueue
        DeleteMessage
        DeleteMessageBatch
        DeleteQueue
        GetQueueAttributes
        GetQueueUrl
        ListDeadLetterSourceQueues
        ListMessageMoveTasks
        ListQueueTags
        ListQueues
        PurgeQueue
        ReceiveMessage
        RemovePermission
        SendMessage
        SendMessageBatch
        SetQueueAttributes
        StartMessageMoveTask
        TagQueue
        UntagQueue
    ]
}

operation AddPermission {
    input: AddPermissionRequest
    errors: [
        InvalidAddress
        InvalidSecurity
        OverLimit
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation CancelMessageMoveTask {
    input: CancelMessageMoveTaskRequest
    output: CancelMessageMoveTaskResult
    errors: [
        InvalidAddress
        InvalidSecurity
        RequestThrottled
        ResourceNotFoundException
        UnsupportedOperation
    ]
}

operation ChangeMessageVisibility {
    input: ChangeMessageVisibilityRequest
    errors: [
        InvalidAddress
        InvalidSecurity
        MessageNotInflight
        QueueDoesNotExist
        ReceiptHandleIsInvalid
        RequestThrottled
        UnsupportedOperation
    ]
}

operation ChangeMessageVisibilityBatch {
    input: ChangeMessageVisibilityBatchRequest
    output: ChangeMessageVisibilityBatchResult
    errors: [
        BatchEntryIdsNotDistinct
        EmptyBatchRequest
        InvalidAddress
        InvalidBatchEntryId
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        TooManyEntriesInBatchRequest
        UnsupportedOperation
    ]
}

operation CreateQueue {
    input: CreateQueueRequest
    output: CreateQueueResult
    errors: [
        InvalidAddress
        InvalidAttributeName
        InvalidAttributeValue
        InvalidSecurity
        QueueDeletedRecently
        QueueNameExists
        RequestThrottled
        UnsupportedOperation
    ]
}

operation DeleteMessage {
    input: DeleteMessageRequest
    errors: [
        InvalidAddress
        InvalidIdFormat
        InvalidSecurity
        QueueDoesNotExist
        ReceiptHandleIsInvalid
        RequestThrottled
        UnsupportedOperation
    ]
}

operation DeleteMessageBatch {
    input: DeleteMessageBatchRequest
    output: DeleteMessageBatchResult
    errors: [
        BatchEntryIdsNotDistinct
        EmptyBatchRequest
        InvalidAddress
        InvalidBatchEntryId
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        TooManyEntriesInBatchRequest
        UnsupportedOperation
    ]
}

operation DeleteQueue {
    input: DeleteQueueRequest
    errors: [
        InvalidAddress
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation GetQueueAttributes {
    input: GetQueueAttributesRequest
    output: GetQueueAttributesResult
    errors: [
        InvalidAddress
        InvalidAttributeName
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation GetQueueUrl {
    input: GetQueueUrlRequest
    output: GetQueueUrlResult
    errors: [
        InvalidAddress
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation ListDeadLetterSourceQueues {
    input: ListDeadLetterSourceQueuesRequest
    output: ListDeadLetterSourceQueuesResult
    errors: [
        InvalidAddress
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation ListMessageMoveTasks {
    input: ListMessageMoveTasksRequest
    output: ListMessageMoveTasksResult
    errors: [
        InvalidAddress
        InvalidSecurity
        RequestThrottled
        ResourceNotFoundException
        UnsupportedOperation
    ]
}

operation ListQueueTags {
    input: ListQueueTagsRequest
    output: ListQueueTagsResult
    errors: [
        InvalidAddress
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation ListQueues {
    input: ListQueuesRequest
    output: ListQueuesResult
    errors: [
        InvalidAddress
        InvalidSecurity
        RequestThrottled
        UnsupportedOperation
    ]
}

operation PurgeQueue {
    input: PurgeQueueRequest
    errors: [
        InvalidAddress
        InvalidSecurity
        PurgeQueueInProgress
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation ReceiveMessage {
    input: ReceiveMessageRequest
    output: ReceiveMessageResult
    errors: [
        InvalidAddress
        InvalidSecurity
        KmsAccessDenied
        KmsDisabled
        KmsInvalidKeyUsage
        KmsInvalidState
        KmsNotFound
        KmsOptInRequired
        KmsThrottled
        OverLimit
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation RemovePermission {
    input: RemovePermissionRequest
    errors: [
        InvalidAddress
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation SendMessage {
    input: SendMessageRequest
    output: SendMessageResult
    errors: [
        InvalidAddress
        InvalidMessageContents
        InvalidSecurity
        KmsAccessDenied
        KmsDisabled
        KmsInvalidKeyUsage
        KmsInvalidState
        KmsNotFound
        KmsOptInRequired
        KmsThrottled
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation SendMessageBatch {
    input: SendMessageBatchRequest
    output: SendMessageBatchResult
    errors: [
        BatchEntryIdsNotDistinct
        BatchRequestTooLong
        EmptyBatchRequest
        InvalidAddress
        InvalidBatchEntryId
        InvalidSecurity
        KmsAccessDenied
        KmsDisabled
        KmsInvalidKeyUsage
        KmsInvalidState
        KmsNotFound
        KmsOptInRequired
        KmsThrottled
        QueueDoesNotExist
        RequestThrottled
        TooManyEntriesInBatchRequest
        UnsupportedOperation
    ]
}

operation SetQueueAttributes {
    input: SetQueueAttributesRequest
    errors: [
        InvalidAddress
        InvalidAttributeName
        InvalidAttributeValue
        InvalidSecurity
        OverLimit
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation StartMessageMoveTask {
    input: StartMessageMoveTaskRequest
    output: StartMessageMoveTaskResult
    errors: [
        InvalidAddress
        InvalidSecurity
        RequestThrottled
        ResourceNotFoundException
        UnsupportedOperation
    ]
}

operation TagQueue {
    input: TagQueueRequest
    errors: [
        InvalidAddress
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

operation UntagQueue {
    input: UntagQueueRequest
    errors: [
        InvalidAddress
        InvalidSecurity
        QueueDoesNotExist
        RequestThrottled
        UnsupportedOperation
    ]
}

list AWSAccountIdList {
    member: String
}

list ActionNameList {
    member: String
}

structure AddPermissionRequest {
    QueueUrl: String
    Label: String

    @xmlFlattened
    @xmlName("AWSAccountId")
    AWSAccountIds: AWSAccountIdList

    @xmlFlattened
    @xmlName("ActionName")
    Actions: ActionNameList
}

list AttributeNameList {
    member: QueueAttributeName
}

@awsQueryError(code: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", httpResponseCode: 400)
@error("client")
@httpError(400)
structure BatchEntryIdsNotDistinct {
    message: ExceptionMessage
}

@awsQueryError(code: "AWS.SimpleQueueService.BatchRequestTooLong", httpResponseCode: 400)
@error("client")
@httpError(400)
structure BatchRequestTooLong {
    message: ExceptionMessage
}

structure BatchResultErrorEntry {
    @required
    Id: String

    @required
    SenderFault: Boolean

    @required
    Code: String

    Message: String
}

list BatchResultErrorEntryList {
    member: BatchResultErrorEntry
}

blob Binary

list BinaryList {
    @xmlName("BinaryListValue")
    member: Binary
}

boolean Boolean

integer BoxedInteger

structure CancelMessageMoveTaskRequest {
    TaskHandle: String
}

structure CancelMessageMoveTaskResult {
    ApproximateNumberOfMessagesMoved: Long
}

structure ChangeMessageVisibilityBatchRequest {
    QueueUrl: String

    @xmlFlattened
    @xmlName("ChangeMessageVisibilityBatchRequestEntry")
    Entries: ChangeMessageVisibilityBatchRequestEntryList
}

structure ChangeMessageVisibilityBatchRequestEntry {
    Id: String
    ReceiptHandle: String
    VisibilityTimeout: NullableInteger
}

list ChangeMessageVisibilityBatchRequestEntryList {
    member: ChangeMessageVisibilityBatchRequestEntry
}

structure ChangeMessageVisibilityBatchResult {
    @required
    @xmlFlattened
    @xmlName("ChangeMessageVisibilityBatchResultEntry")
    Successful: ChangeMessageVisibilityBatchResultEntryList

    @required
    @xmlFlattened
    @xmlName("BatchResultErrorEntry")
    Failed: BatchResultErrorEntryList
}

structure ChangeMessageVisibilityBatchResultEntry {
    @required
    Id: String
}

list ChangeMessageVisibilityBatchResultEntryList {
    member: ChangeMessageVisibilityBatchResultEntry
}

structure ChangeMessageVisibilityRequest {
    QueueUrl: String
    ReceiptHandle: String
    VisibilityTimeout: NullableInteger
}

structure CreateQueueRequest {
    QueueName: String

    @xmlFlattened
    @xmlName("Attribute")
    Attributes: QueueAttributeMap

    @xmlFlattened
    @xmlName("Tag")
    tags: TagMap
}

structure CreateQueueResult {
    QueueUrl: String
}

structure DeleteMessageBatchRequest {
    QueueUrl: String

    @xmlFlattened
    @xmlName("DeleteMessageBatchRequestEntry")
    Entries: DeleteMessageBatchRequestEntryList
}

structure DeleteMessageBatchRequestEntry {
    Id: String
    ReceiptHandle: String
}

list DeleteMessageBatchRequestEntryList {
    member: DeleteMessageBatchRequestEntry
}

structure DeleteMessageBatchResult {
    @required
    @xmlFlattened
    @xmlName("DeleteMessageBatchResultEntry")
    Successful: DeleteMessageBatchResultEntryList

    @required
    @xmlFlattened
    @xmlName("BatchResultErrorEntry")
    Failed: BatchResultErrorEntryList
}

structure DeleteMessageBatchResultEntry {
    @required
    Id: String
}

list DeleteMessageBatchResultEntryList {
    member: DeleteMessageBatchResultEntry
}

structure DeleteMessageRequest {
    QueueUrl: String
    ReceiptHandle: String
}

structure DeleteQueueRequest {
    QueueUrl: String
}

@awsQueryError(code: "AWS.SimpleQueueService.EmptyBatchRequest", httpResponseCode: 400)
@error("client")
@httpError(400)
structure EmptyBatchRequest {
    message: ExceptionMessage
}

string ExceptionMessage

structure GetQueueAttributesRequest {
    QueueUrl: String

    @xmlFlattened
    @xmlName("AttributeName")
    AttributeNames: AttributeNameList
}

structure GetQueueAttributesResult {
    @xmlFlattened
    @xmlName("Attribute")
    Attributes: QueueAttributeMap
}

structure GetQueueUrlRequest {
    QueueName: String
    QueueOwnerAWSAccountId: String
}

structure GetQueueUrlResult {
    QueueUrl: String
}

@awsQueryError(code: "InvalidAddress", httpResponseCode: 404)
@error("client")
@httpError(404)
structure InvalidAddress {
    message: ExceptionMessage
}

@error("client")
@httpError(400)
structure InvalidAttributeName {
    message: ExceptionMessage
}

@error("client")
@httpError(400)
structure InvalidAttributeValue {
    message: ExceptionMessage
}

@awsQueryError(code: "AWS.SimpleQueueService.InvalidBatchEntryId", httpResponseCode: 400)
@error("client")
@httpError(400)
structure InvalidBatchEntryId {
    message: ExceptionMessage
}

@deprecated
@error("client")
@httpError(400)
structure InvalidIdFormat {}

@error("client")
@httpError(400)
structure InvalidMessageContents {
    message: ExceptionMessage
}

@awsQueryError(code: "InvalidSecurity", httpResponseCode: 403)
@error("client")
@httpError(403)
structure InvalidSecurity {
    message: ExceptionMessage
}

@awsQueryError(code: "KMS.AccessDeniedException", httpResponseCode: 400)
@error("client")
@httpError(400)
structure KmsAccessDenied {
    message: ExceptionMessage
}

@awsQueryError(code: "KMS.DisabledException", httpResponseCode: 400)
@error("client")
@httpError(400)
structure KmsDisabled {
    message: ExceptionMessage
}

@awsQueryError(code: "KMS.InvalidKeyUsageException", httpResponseCode: 400)
@error("client")
@httpError(400)
structure KmsInvalidKeyUsage {
    message: ExceptionMessage
}

@awsQueryError(code: "KMS.InvalidStateException", httpResponseCode: 400)
@error("client")
@httpError(400)
structure KmsInvalidState {
    message: ExceptionMessage
}

@awsQueryError(code: "KMS.NotFoundException", httpResponseCode: 400)
@error("client")
@httpError(400)
structure KmsNotFound {
    message: ExceptionMessage
}

@awsQueryError(code: "KMS.OptInRequired", httpResponseCode: 403)
@error("client")
@httpError(403)
structure KmsOptInRequired {
    message: ExceptionMessage
}

@awsQueryError(code: "KMS.ThrottlingException", httpResponseCode: 400)
@error("client")
@httpError(400)
structure KmsThrottled {
    message: ExceptionMessage
}

structure ListDeadLetterSourceQueuesRequest {
    QueueUrl: String
    NextToken: Token
    MaxResults: BoxedInteger
}

structure ListDeadLetterSourceQueuesResult {
    @required
    @xmlFlattened
    @xmlName("QueueUrl")
    queueUrls: QueueUrlList

    NextToken: Token
}

structure ListMessageMoveTasksRequest {
    SourceArn: String
    MaxResults: NullableInteger
}

structure ListMessageMoveTasksResult {
    @xmlFlattened
    @xmlName("ListMessageMoveTasksResultEntry")
    Results: ListMessageMoveTasksResultEntryList
}

structure ListMessageMoveTasksResultEntry {
    TaskHandle: String
    Status: String
    SourceArn: String
    DestinationArn: String
    MaxNumberOfMessagesPerSecond: NullableInteger
    ApproximateNumberOfMessagesMoved: Long
    ApproximateNumberOfMessagesToMove: NullableLong
    FailureReason: String
    StartedTimestamp: Long
}

list ListMessageMoveTasksResultEntryList {
    member: ListMessageMoveTasksResultEntry
}

structure ListQueueTagsRequest {
    QueueUrl: String
}

structure ListQueueTagsResult {
    @xmlFlattened
    @xmlName("Tag")
    Tags: TagMap
}

structure ListQueuesRequest {
    QueueNamePrefix: String
    NextToken: Token
    MaxResults: BoxedInteger
}

structure ListQueuesResult {
    @xmlFlattened
    @xmlName("QueueUrl")
    QueueUrls: QueueUrlList

    NextToken: Token
}

long Long

structure Message {
    MessageId: String
    ReceiptHandle: String
    MD5OfBody: String
    Body: String

    @xmlFlattened
    @xmlName("Attribute")
    Attributes: MessageSystemAttributeMap

    MD5OfMessageAttributes: String

    @xmlFlattened
    @xmlName("MessageAttribute")
    MessageAttributes: MessageBodyAttributeMap
}

string MessageAttributeName

list MessageAttributeNameList {
    member: MessageAttributeName
}

structure MessageAttributeValue {
    StringValue: String
    BinaryValue: Binary

    @xmlFlattened
    @xmlName("StringListValue")
    StringListValues: StringList

    @xmlFlattened
    @xmlName("BinaryListValue")
    BinaryListValues: BinaryList

    DataType: String
}

map MessageBodyAttributeMap {
    @xmlName("Name")
    key: String

    @xmlName("Value")
    value: MessageAttributeValue
}

map MessageBodySystemAttributeMap {
    @xmlName("Name")
    key: MessageSystemAttributeNameForSends

    @xmlName("Value")
    value: MessageSystemAttributeValue
}

list MessageList {
    member: Message
}

@awsQueryError(code: "AWS.SimpleQueueService.MessageNotInflight", httpResponseCode: 400)
@error("client")
@httpError(400)
structure MessageNotInflight {}

list MessageSystemAttributeList {
    member: MessageSystemAttributeName
}

map MessageSystemAttributeMap {
    @xmlName("Name")
    key: MessageSystemAttributeName

    @xmlName("Value")
    value: String
}

string MessageSystemAttributeName

string MessageSystemAttributeNameForSends

structure MessageSystemAttributeValue {
    StringValue: String
    BinaryValue: Binary

    @xmlFlattened
    @xmlName("StringListValue")
    StringListValues: StringList

    @xmlFlattened
    @xmlName("BinaryListValue")
    BinaryListValues: BinaryList

    DataType: String
}

integer NullableInteger

long NullableLong

@awsQueryError(code: "OverLimit", httpResponseCode: 403)
@error("client")
@httpError(403)
structure OverLimit {
    message: ExceptionMessage
}

@awsQueryError(code: "AWS.SimpleQueueService.PurgeQueueInProgress", httpResponseCode: 403)
@error("client")
@httpError(403)
structure PurgeQueueInProgress {
    message: ExceptionMessage
}

structure PurgeQueueRequest {
    QueueUrl: String
}

map QueueAttributeMap {
    @xmlName("Name")
    key: QueueAttributeName

    @xmlName("Value")
    value: String
}

string QueueAttributeName

@awsQueryError(code: "AWS.SimpleQueueService.QueueDeletedRecently", httpResponseCode: 400)
@error("client")
@httpError(400)
structure QueueDeletedRecently {
    message: ExceptionMessage
}

@awsQueryError(code: "AWS.SimpleQueueService.NonExistentQueue", httpResponseCode: 400)
@error("client")
@httpError(400)
structure QueueDoesNotExist {
    message: ExceptionMessage
}

@awsQueryError(code: "QueueAlreadyExists", httpResponseCode: 400)
@error("client")
@httpError(400)
structure QueueNameExists {
    message: ExceptionMessage
}

list QueueUrlList {
    member: String
}

@awsQueryError(code: "ReceiptHandleIsInvalid", httpResponseCode: 404)
@error("client")
@httpError(404)
structure ReceiptHandleIsInvalid {
    message: ExceptionMessage
}

structure ReceiveMessageRequest {
    QueueUrl: String

    @deprecated
    @xmlFlattened
    @xmlName("AttributeName")
    AttributeNames: AttributeNameList

    @xmlFlattened
    @xmlName("AttributeName")
    MessageSystemAttributeNames: MessageSystemAttributeList

    @xmlFlattened
    @xmlName("MessageAttributeName")
    MessageAttributeNames: MessageAttributeNameList

    MaxNumberOfMessages: NullableInteger
    VisibilityTimeout: NullableInteger
    WaitTimeSeconds: NullableInteger
    ReceiveRequestAttemptId: String
}

structure ReceiveMessageResult {
    @xmlFlattened
    @xmlName("Message")
    Messages: MessageList
}

structure RemovePermissionRequest {
    QueueUrl: String
    Label: String
}

@awsQueryError(code: "RequestThrottled", httpResponseCode: 403)
@error("client")
@httpError(403)
structure RequestThrottled {
    message: ExceptionMessage
}

@awsQueryError(code: "ResourceNotFoundException", httpResponseCode: 404)
@error("client")
@httpError(404)
structure ResourceNotFoundException {
    message: ExceptionMessage
}

structure SendMessageBatchRequest {
    QueueUrl: String

    @xmlFlattened
    @xmlName("SendMessageBatchRequestEntry")
    Entries: SendMessageBatchRequestEntryList
}

structure SendMessageBatchRequestEntry {
    Id: String
    MessageBody: String
    DelaySeconds: NullableInteger

    @xmlFlattened
    @xmlName("MessageAttribute")
    MessageAttributes: MessageBodyAttributeMap

    @xmlFlattened
    @xmlName("MessageSystemAttribute")
    MessageSystemAttributes: MessageBodySystemAttributeMap

    MessageDeduplicationId: String
    MessageGroupId: String
}

list SendMessageBatchRequestEntryList {
    member: SendMessageBatchRequestEntry
}

structure SendMessageBatchResult {
    @required
    @xmlFlattened
    @xmlName("SendMessageBatchResultEntry")
    Successful: SendMessageBatchResultEntryList

    @required
    @xmlFlattened
    @xmlName("BatchResultErrorEntry")
    Failed: BatchResultErrorEntryList
}

structure SendMessageBatchResultEntry {
    @required
    Id: String

    @required
    MessageId: String

    @required
    MD5OfMessageBody: String

    MD5OfMessageAttributes: String
    MD5OfMessageSystemAttributes: String
    SequenceNumber: String
}

list SendMessageBatchResultEntryList {
    member: SendMessageBatchResultEntry
}

structure SendMessageRequest {
    QueueUrl: String
    MessageBody: String
    DelaySeconds: NullableInteger

    @xmlFlattened
    @xmlName("MessageAttribute")
    MessageAttributes: MessageBodyAttributeMap

    @xmlFlattened
    @xmlName("MessageSystemAttribute")
    MessageSystemAttributes: MessageBodySystemAttributeMap

    MessageDeduplicationId: String
    MessageGroupId: String
}

structure SendMessageResult {
    MD5OfMessageBody: String
    MD5OfMessageAttributes: String
    MD5OfMessageSystemAttributes: String
    MessageId: String
    SequenceNumber: String
}

structure SetQueueAttributesRequest {
    QueueUrl: String

    @xmlFlattened
    @xmlName("Attribute")
    Attributes: QueueAttributeMap
}

structure StartMessageMoveTaskRequest {
    SourceArn: String
    DestinationArn: String
    MaxNumberOfMessagesPerSecond: NullableInteger
}

structure StartMessageMoveTaskResult {
    TaskHandle: String
}

string String

list StringList {
    @xmlName("StringListValue")
    member: String
}

string TagKey

list TagKeyList {
    member: TagKey
}

map TagMap {
    @xmlName("Key")
    key: TagKey

    @xmlName("Value")
    value: TagValue
}

structure TagQueueRequest {
    QueueUrl: String

    @xmlFlattened
    @xmlName("Tag")
    Tags: TagMap
}

string TagValue

string Token

@awsQueryError(code: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", httpResponseCode: 400)
@error("client")
@httpError(400)
structure TooManyEntriesInBatchRequest {
    message: ExceptionMessage
}

@awsQueryError(code: "AWS.SimpleQueueService.UnsupportedOperation", httpResponseCode: 400)
@error("client")
@httpError(400)
structure UnsupportedOperation {
    message: ExceptionMessage
}

structure UntagQueueRequest {
    QueueUrl: String

    @xmlFlattened
    @xmlName("TagKey")
    TagKeys: TagKeyList
}
