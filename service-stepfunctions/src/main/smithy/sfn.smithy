// Written by tools/import-models from the API model of Amazon Web Services; refresh it with that.
$version: "2.0"

namespace com.amazonaws.sfn

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_0

@service(sdkId: "SFN", arnNamespace: "states", endpointPrefix: "states", cloudTrailEventSource: "states.amazonaws.com")
@sigv4(name: "states")
@awsJson1_0
@title("AWS Step Functions")
service AWSStepFunctions {
    version: "2016-11-23"
    operations: [
        CreateActivity
        CreateStateMachine
        CreateStateMachineAlias
        DeleteActivity
        DeleteStateMachine
        DeleteStateMachineAlias
        DeleteStateMachineVersion
        DescribeActivity
        DescribeExecution
        DescribeMapRun
        DescribeStateMachine
        DescribeStateMachineAlias
        DescribeStateMachineForExecution
        GetActivityTask
        GetExecutionHistory
        ListActivities
        ListExecutions
        ListMapRuns
        ListStateMachineAliases
        ListStateMachineVersions
        ListStateMachines
        ListTagsForResource
        PublishStateMachineVersion
        RedriveExecution
        SendTaskFailure
        SendTaskHeartbeat
        SendTaskSuccess
        StartExecution
        StartSyncExecution
        StopExecution
        TagResource
        TestState
        UntagResource
        UpdateMapRun
        UpdateStateMachine
        UpdateStateMachineAlias
        ValidateStateMachineDefinition
    ]
}

@idempotent
operation CreateActivity {
    input: CreateActivityInput
    output: CreateActivityOutput
    errors: [
        ActivityAlreadyExists
        ActivityLimitExceeded
        InvalidEncryptionConfiguration
        InvalidName
        KmsAccessDeniedException
        KmsThrottlingException
        TooManyTags
    ]
}

@idempotent
operation CreateStateMachine {
    input: CreateStateMachineInput
    output: CreateStateMachineOutput
    errors: [
        ConflictException
        InvalidArn
        InvalidDefinition
        InvalidEncryptionConfiguration
        InvalidLoggingConfiguration
        InvalidName
        InvalidTracingConfiguration
        KmsAccessDeniedException
        KmsThrottlingException
        StateMachineAlreadyExists
        StateMachineDeleting
        StateMachineLimitExceeded
        StateMachineTypeNotSupported
        TooManyTags
        ValidationException
    ]
}

operation CreateStateMachineAlias {
    input: CreateStateMachineAliasInput
    output: CreateStateMachineAliasOutput
    errors: [
        ConflictException
        InvalidArn
        InvalidName
        ResourceNotFound
        ServiceQuotaExceededException
        StateMachineDeleting
        ValidationException
    ]
}

operation DeleteActivity {
    input: DeleteActivityInput
    output: DeleteActivityOutput
    errors: [
        InvalidArn
    ]
}

operation DeleteStateMachine {
    input: DeleteStateMachineInput
    output: DeleteStateMachineOutput
    errors: [
        InvalidArn
        ValidationException
    ]
}

operation DeleteStateMachineAlias {
    input: DeleteStateMachineAliasInput
    output: DeleteStateMachineAliasOutput
    errors: [
        ConflictException
        InvalidArn
        ResourceNotFound
        ValidationException
    ]
}

operation DeleteStateMachineVersion {
    input: DeleteStateMachineVersionInput
    output: DeleteStateMachineVersionOutput
    errors: [
        ConflictException
        InvalidArn
        ValidationException
    ]
}

operation DescribeActivity {
    input: DescribeActivityInput
    output: DescribeActivityOutput
    errors: [
        ActivityDoesNotExist
        InvalidArn
    ]
}

operation DescribeExecution {
    input: DescribeExecutionInput
    output: DescribeExecutionOutput
    errors: [
        ExecutionDoesNotExist
        InvalidArn
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
    ]
}

operation DescribeMapRun {
    input: DescribeMapRunInput
    output: DescribeMapRunOutput
    errors: [
        InvalidArn
        ResourceNotFound
    ]
}

operation DescribeStateMachine {
    input: DescribeStateMachineInput
    output: DescribeStateMachineOutput
    errors: [
        InvalidArn
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
        StateMachineDoesNotExist
    ]
}

operation DescribeStateMachineAlias {
    input: DescribeStateMachineAliasInput
    output: DescribeStateMachineAliasOutput
    errors: [
        InvalidArn
        ResourceNotFound
        ValidationException
    ]
}

operation DescribeStateMachineForExecution {
    input: DescribeStateMachineForExecutionInput
    output: DescribeStateMachineForExecutionOutput
    errors: [
        ExecutionDoesNotExist
        InvalidArn
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
    ]
}

operation GetActivityTask {
    input: GetActivityTaskInput
    output: GetActivityTaskOutput
    errors: [
        ActivityDoesNotExist
        ActivityWorkerLimitExceeded
        InvalidArn
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
    ]
}

operation GetExecutionHistory {
    input: GetExecutionHistoryInput
    output: GetExecutionHistoryOutput
    errors: [
        ExecutionDoesNotExist
        InvalidArn
        InvalidToken
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
    ]
}

operation ListActivities {
    input: ListActivitiesInput
    output: ListActivitiesOutput
    errors: [
        InvalidToken
    ]
}

operation ListExecutions {
    input: ListExecutionsInput
    output: ListExecutionsOutput
    errors: [
        InvalidArn
        InvalidToken
        ResourceNotFound
        StateMachineDoesNotExist
        StateMachineTypeNotSupported
        ValidationException
    ]
}

operation ListMapRuns {
    input: ListMapRunsInput
    output: ListMapRunsOutput
    errors: [
        ExecutionDoesNotExist
        InvalidArn
        InvalidToken
    ]
}

operation ListStateMachineAliases {
    input: ListStateMachineAliasesInput
    output: ListStateMachineAliasesOutput
    errors: [
        InvalidArn
        InvalidToken
        ResourceNotFound
        StateMachineDeleting
        StateMachineDoesNotExist
    ]
}

operation ListStateMachineVersions {
    input: ListStateMachineVersionsInput
    output: ListStateMachineVersionsOutput
    errors: [
        InvalidArn
        InvalidToken
        ValidationException
    ]
}

operation ListStateMachines {
    input: ListStateMachinesInput
    output: ListStateMachinesOutput
    errors: [
        InvalidToken
    ]
}

operation ListTagsForResource {
    input: ListTagsForResourceInput
    output: ListTagsForResourceOutput
    errors: [
        InvalidArn
        ResourceNotFound
    ]
}

@idempotent
operation PublishStateMachineVersion {
    input: PublishStateMachineVersionInput
    output: PublishStateMachineVersionOutput
    errors: [
        ConflictException
        InvalidArn
        ServiceQuotaExceededException
        StateMachineDeleting
        StateMachineDoesNotExist
        ValidationException
    ]
}

@idempotent
operation RedriveExecution {
    input: RedriveExecutionInput
    output: RedriveExecutionOutput
    errors: [
        ExecutionDoesNotExist
        ExecutionLimitExceeded
        ExecutionNotRedrivable
        InvalidArn
        ValidationException
    ]
}

operation SendTaskFailure {
    input: SendTaskFailureInput
    output: SendTaskFailureOutput
    errors: [
        InvalidToken
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
        TaskDoesNotExist
        TaskTimedOut
    ]
}

operation SendTaskHeartbeat {
    input: SendTaskHeartbeatInput
    output: SendTaskHeartbeatOutput
    errors: [
        InvalidToken
        TaskDoesNotExist
        TaskTimedOut
    ]
}

operation SendTaskSuccess {
    input: SendTaskSuccessInput
    output: SendTaskSuccessOutput
    errors: [
        InvalidOutput
        InvalidToken
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
        TaskDoesNotExist
        TaskTimedOut
    ]
}

@idempotent
operation StartExecution {
    input: StartExecutionInput
    output: StartExecutionOutput
    errors: [
        ExecutionAlreadyExists
        ExecutionLimitExceeded
        InvalidArn
        InvalidExecutionInput
        InvalidName
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
        StateMachineDeleting
        StateMachineDoesNotExist
        ValidationException
    ]
}

@endpoint(hostPrefix: "sync-")
operation StartSyncExecution {
    input: StartSyncExecutionInput
    output: StartSyncExecutionOutput
    errors: [
        InvalidArn
        InvalidExecutionInput
        InvalidName
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
        StateMachineDeleting
        StateMachineDoesNotExist
        StateMachineTypeNotSupported
    ]
}

operation StopExecution {
    input: StopExecutionInput
    output: StopExecutionOutput
    errors: [
        ExecutionDoesNotExist
        InvalidArn
        KmsAccessDeniedException
        KmsInvalidStateException
        KmsThrottlingException
        ValidationException
    ]
}

operation TagResource {
    input: TagResourceInput
    output: TagResourceOutput
    errors: [
        InvalidArn
        ResourceNotFound
        TooManyTags
    ]
}

@endpoint(hostPrefix: "sync-")
operation TestState {
    input: TestStateInput
    output: TestStateOutput
    errors: [
        InvalidArn
        InvalidDefinition
        InvalidExecutionInput
        ValidationException
    ]
}

operation UntagResource {
    input: UntagResourceInput
    output: UntagResourceOutput
    errors: [
        InvalidArn
        ResourceNotFound
    ]
}

operation UpdateMapRun {
    input: UpdateMapRunInput
    output: UpdateMapRunOutput
    errors: [
        InvalidArn
        ResourceNotFound
        ValidationException
    ]
}

@idempotent
operation UpdateStateMachine {
    input: UpdateStateMachineInput
    output: UpdateStateMachineOutput
    errors: [
        ConflictException
        InvalidArn
        InvalidDefinition
        InvalidEncryptionConfiguration
        InvalidLoggingConfiguration
        InvalidTracingConfiguration
        KmsAccessDeniedException
        KmsThrottlingException
        MissingRequiredParameter
        ServiceQuotaExceededException
        StateMachineDeleting
        StateMachineDoesNotExist
        ValidationException
    ]
}

operation UpdateStateMachineAlias {
    input: UpdateStateMachineAliasInput
    output: UpdateStateMachineAliasOutput
    errors: [
        ConflictException
        InvalidArn
        ResourceNotFound
        StateMachineDeleting
        ValidationException
    ]
}

operation ValidateStateMachineDefinition {
    input: ValidateStateMachineDefinitionInput
    output: ValidateStateMachineDefinitionOutput
    errors: [
        ValidationException
    ]
}

@error("client")
@httpError(400)
structure ActivityAlreadyExists {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure ActivityDoesNotExist {
    message: ErrorMessage
}

structure ActivityFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

@error("client")
@httpError(400)
structure ActivityLimitExceeded {
    message: ErrorMessage
}

list ActivityList {
    member: ActivityListItem
}

structure ActivityListItem {
    @required
    activityArn: Arn

    @required
    name: Name

    @required
    creationDate: Timestamp
}

structure ActivityScheduleFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

structure ActivityScheduledEventDetails {
    @required
    resource: Arn

    input: SensitiveData
    inputDetails: HistoryEventExecutionDataDetails
    timeoutInSeconds: TimeoutInSeconds
    heartbeatInSeconds: TimeoutInSeconds
}

structure ActivityStartedEventDetails {
    workerName: Identity
}

structure ActivitySucceededEventDetails {
    output: SensitiveData
    outputDetails: HistoryEventExecutionDataDetails
}

structure ActivityTimedOutEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

@error("client")
@httpError(400)
structure ActivityWorkerLimitExceeded {
    message: ErrorMessage
}

@length(max: 256)
@sensitive
string AliasDescription

@length(min: 1, max: 256)
string Arn

map AssignedVariables {
    key: VariableName
    value: VariableValue
}

structure AssignedVariablesDetails {
    truncated: truncated
}

@range(min: 0)
long BilledDuration

@range(min: 0)
long BilledMemoryUsed

structure BillingDetails {
    billedMemoryUsedInMB: BilledMemoryUsed
    billedDurationInMilliseconds: BilledDuration
}

@length(min: 1, max: 80)
@pattern("^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$")
string CharacterRestrictedName

@length(min: 1, max: 64)
@pattern("[!-~]+")
string ClientToken

structure CloudWatchEventsExecutionDataDetails {
    included: includedDetails
}

structure CloudWatchLogsLogGroup {
    logGroupArn: Arn
}

@error("client")
@httpError(400)
structure ConflictException {
    message: ErrorMessage
}

@length(min: 0, max: 262144)
@sensitive
string ConnectorParameters

structure CreateActivityInput {
    @required
    name: Name

    tags: TagList
    encryptionConfiguration: EncryptionConfiguration
}

structure CreateActivityOutput {
    @required
    activityArn: Arn

    @required
    creationDate: Timestamp
}

structure CreateStateMachineAliasInput {
    description: AliasDescription

    @required
    name: CharacterRestrictedName

    @required
    routingConfiguration: RoutingConfigurationList
}

structure CreateStateMachineAliasOutput {
    @required
    stateMachineAliasArn: Arn

    @required
    creationDate: Timestamp
}

structure CreateStateMachineInput {
    @required
    name: Name

    @required
    definition: Definition

    @required
    roleArn: Arn

    type: StateMachineType
    loggingConfiguration: LoggingConfiguration
    tags: TagList
    tracingConfiguration: TracingConfiguration
    publish: Publish
    versionDescription: VersionDescription
    encryptionConfiguration: EncryptionConfiguration
}

structure CreateStateMachineOutput {
    @required
    stateMachineArn: Arn

    @required
    creationDate: Timestamp

    stateMachineVersionArn: Arn
}

@length(min: 1, max: 1048576)
@sensitive
string Definition

structure DeleteActivityInput {
    @required
    activityArn: Arn
}

structure DeleteActivityOutput {}

structure DeleteStateMachineAliasInput {
    @required
    stateMachineAliasArn: Arn
}

structure DeleteStateMachineAliasOutput {}

structure DeleteStateMachineInput {
    @required
    stateMachineArn: Arn
}

structure DeleteStateMachineOutput {}

structure DeleteStateMachineVersionInput {
    @required
    stateMachineVersionArn: LongArn
}

structure DeleteStateMachineVersionOutput {}

structure DescribeActivityInput {
    @required
    activityArn: Arn
}

structure DescribeActivityOutput {
    @required
    activityArn: Arn

    @required
    name: Name

    @required
    creationDate: Timestamp

    encryptionConfiguration: EncryptionConfiguration
}

structure DescribeExecutionInput {
    @required
    executionArn: Arn

    includedData: IncludedData
}

structure DescribeExecutionOutput {
    @required
    executionArn: Arn

    @required
    stateMachineArn: Arn

    name: Name

    @required
    status: ExecutionStatus

    @required
    startDate: Timestamp

    stopDate: Timestamp
    input: SensitiveData
    inputDetails: CloudWatchEventsExecutionDataDetails
    output: SensitiveData
    outputDetails: CloudWatchEventsExecutionDataDetails
    traceHeader: TraceHeader
    mapRunArn: LongArn
    error: SensitiveError
    cause: SensitiveCause
    stateMachineVersionArn: Arn
    stateMachineAliasArn: Arn
    redriveCount: RedriveCount
    redriveDate: Timestamp
    redriveStatus: ExecutionRedriveStatus
    redriveStatusReason: SensitiveData
}

structure DescribeMapRunInput {
    @required
    mapRunArn: LongArn
}

structure DescribeMapRunOutput {
    @required
    mapRunArn: LongArn

    @required
    executionArn: Arn

    @required
    status: MapRunStatus

    @required
    startDate: Timestamp

    stopDate: Timestamp

    @required
    maxConcurrency: MaxConcurrency

    @required
    toleratedFailurePercentage: ToleratedFailurePercentage

    @required
    toleratedFailureCount: ToleratedFailureCount

    @required
    itemCounts: MapRunItemCounts

    @required
    executionCounts: MapRunExecutionCounts

    redriveCount: RedriveCount
    redriveDate: Timestamp
}

structure DescribeStateMachineAliasInput {
    @required
    stateMachineAliasArn: Arn
}

structure DescribeStateMachineAliasOutput {
    stateMachineAliasArn: Arn
    name: Name
    description: AliasDescription
    routingConfiguration: RoutingConfigurationList
    creationDate: Timestamp
    updateDate: Timestamp
}

structure DescribeStateMachineForExecutionInput {
    @required
    executionArn: Arn

    includedData: IncludedData
}

structure DescribeStateMachineForExecutionOutput {
    @required
    stateMachineArn: Arn

    @required
    name: Name

    @required
    definition: Definition

    @required
    roleArn: Arn

    @required
    updateDate: Timestamp

    loggingConfiguration: LoggingConfiguration
    tracingConfiguration: TracingConfiguration
    mapRunArn: LongArn
    label: MapRunLabel
    revisionId: RevisionId
    encryptionConfiguration: EncryptionConfiguration
    variableReferences: VariableReferences
}

structure DescribeStateMachineInput {
    @required
    stateMachineArn: Arn

    includedData: IncludedData
}

structure DescribeStateMachineOutput {
    @required
    stateMachineArn: Arn

    @required
    name: Name

    status: StateMachineStatus

    @required
    definition: Definition

    @required
    roleArn: Arn

    @required
    type: StateMachineType

    @required
    creationDate: Timestamp

    loggingConfiguration: LoggingConfiguration
    tracingConfiguration: TracingConfiguration
    label: MapRunLabel
    revisionId: RevisionId
    description: VersionDescription
    encryptionConfiguration: EncryptionConfiguration
    variableReferences: VariableReferences
}

boolean Enabled

structure EncryptionConfiguration {
    kmsKeyId: KmsKeyId
    kmsDataKeyReusePeriodSeconds: KmsDataKeyReusePeriodSeconds

    @required
    type: EncryptionType
}

enum EncryptionType {
    AWS_OWNED_KEY
    CUSTOMER_MANAGED_KMS_KEY
}

string ErrorMessage

structure EvaluationFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
    location: EvaluationFailureLocation

    @required
    state: StateName
}

@length(min: 0, max: 256)
@sensitive
string EvaluationFailureLocation

long EventId

@range(min: 0)
@sensitive
integer ExceptionHandlerIndex

structure ExecutionAbortedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

@error("client")
@httpError(400)
structure ExecutionAlreadyExists {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure ExecutionDoesNotExist {
    message: ErrorMessage
}

structure ExecutionFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

@error("client")
@httpError(400)
structure ExecutionLimitExceeded {
    message: ErrorMessage
}

list ExecutionList {
    member: ExecutionListItem
}

structure ExecutionListItem {
    @required
    executionArn: Arn

    @required
    stateMachineArn: Arn

    @required
    name: Name

    @required
    status: ExecutionStatus

    @required
    startDate: Timestamp

    stopDate: Timestamp
    mapRunArn: LongArn
    itemCount: UnsignedInteger
    stateMachineVersionArn: Arn
    stateMachineAliasArn: Arn
    redriveCount: RedriveCount
    redriveDate: Timestamp
}

@error("client")
@httpError(400)
structure ExecutionNotRedrivable {
    message: ErrorMessage
}

enum ExecutionRedriveFilter {
    REDRIVEN
    NOT_REDRIVEN
}

enum ExecutionRedriveStatus {
    REDRIVABLE
    NOT_REDRIVABLE
    REDRIVABLE_BY_MAP_RUN
}

structure ExecutionRedrivenEventDetails {
    redriveCount: RedriveCount
}

structure ExecutionStartedEventDetails {
    input: SensitiveData
    inputDetails: HistoryEventExecutionDataDetails
    roleArn: Arn
    stateMachineAliasArn: Arn
    stateMachineVersionArn: Arn
}

enum ExecutionStatus {
    RUNNING
    SUCCEEDED
    FAILED
    TIMED_OUT
    ABORTED
    PENDING_REDRIVE
}

structure ExecutionSucceededEventDetails {
    output: SensitiveData
    outputDetails: HistoryEventExecutionDataDetails
}

structure ExecutionTimedOutEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

structure GetActivityTaskInput {
    @required
    activityArn: Arn

    workerName: Name
}

structure GetActivityTaskOutput {
    taskToken: TaskToken
    input: SensitiveDataJobInput
}

structure GetExecutionHistoryInput {
    @required
    executionArn: Arn

    maxResults: PageSize
    reverseOrder: ReverseOrder
    nextToken: PageToken
    includeExecutionData: IncludeExecutionDataGetExecutionHistory
}

structure GetExecutionHistoryOutput {
    @required
    events: HistoryEventList

    nextToken: PageToken
}

string HTTPBody

string HTTPHeaders

string HTTPMethod

string HTTPProtocol

string HTTPStatusCode

string HTTPStatusMessage

structure HistoryEvent {
    @required
    timestamp: Timestamp

    @required
    type: HistoryEventType

    @required
    id: EventId

    previousEventId: EventId
    activityFailedEventDetails: ActivityFailedEventDetails
    activityScheduleFailedEventDetails: ActivityScheduleFailedEventDetails
    activityScheduledEventDetails: ActivityScheduledEventDetails
    activityStartedEventDetails: ActivityStartedEventDetails
    activitySucceededEventDetails: ActivitySucceededEventDetails
    activityTimedOutEventDetails: ActivityTimedOutEventDetails
    taskFailedEventDetails: TaskFailedEventDetails
    taskScheduledEventDetails: TaskScheduledEventDetails
    taskStartFailedEventDetails: TaskStartFailedEventDetails
    taskStartedEventDetails: TaskStartedEventDetails
    taskSubmitFailedEventDetails: TaskSubmitFailedEventDetails
    taskSubmittedEventDetails: TaskSubmittedEventDetails
    taskSucceededEventDetails: TaskSucceededEventDetails
    taskTimedOutEventDetails: TaskTimedOutEventDetails
    executionFailedEventDetails: ExecutionFailedEventDetails
    executionStartedEventDetails: ExecutionStartedEventDetails
    executionSucceededEventDetails: ExecutionSucceededEventDetails
    executionAbortedEventDetails: ExecutionAbortedEventDetails
    executionTimedOutEventDetails: ExecutionTimedOutEventDetails
    executionRedrivenEventDetails: ExecutionRedrivenEventDetails
    mapStateStartedEventDetails: MapStateStartedEventDetails
    mapIterationStartedEventDetails: MapIterationEventDetails
    mapIterationSucceededEventDetails: MapIterationEventDetails
    mapIterationFailedEventDetails: MapIterationEventDetails
    mapIterationAbortedEventDetails: MapIterationEventDetails
    lambdaFunctionFailedEventDetails: LambdaFunctionFailedEventDetails
    lambdaFunctionScheduleFailedEventDetails: LambdaFunctionScheduleFailedEventDetails
    lambdaFunctionScheduledEventDetails: LambdaFunctionScheduledEventDetails
    lambdaFunctionStartFailedEventDetails: LambdaFunctionStartFailedEventDetails
    lambdaFunctionSucceededEventDetails: LambdaFunctionSucceededEventDetails
    lambdaFunctionTimedOutEventDetails: LambdaFunctionTimedOutEventDetails
    stateEnteredEventDetails: StateEnteredEventDetails
    stateExitedEventDetails: StateExitedEventDetails
    mapRunStartedEventDetails: MapRunStartedEventDetails
    mapRunFailedEventDetails: MapRunFailedEventDetails
    mapRunRedrivenEventDetails: MapRunRedrivenEventDetails
    evaluationFailedEventDetails: EvaluationFailedEventDetails
}

structure HistoryEventExecutionDataDetails {
    truncated: truncated
}

list HistoryEventList {
    member: HistoryEvent
}

enum HistoryEventType {
    ActivityFailed
    ActivityScheduled
    ActivityScheduleFailed
    ActivityStarted
    ActivitySucceeded
    ActivityTimedOut
    ChoiceStateEntered
    ChoiceStateExited
    ExecutionAborted
    ExecutionFailed
    ExecutionStarted
    ExecutionSucceeded
    ExecutionTimedOut
    FailStateEntered
    LambdaFunctionFailed
    LambdaFunctionScheduled
    LambdaFunctionScheduleFailed
    LambdaFunctionStarted
    LambdaFunctionStartFailed
    LambdaFunctionSucceeded
    LambdaFunctionTimedOut
    MapIterationAborted
    MapIterationFailed
    MapIterationStarted
    MapIterationSucceeded
    MapStateAborted
    MapStateEntered
    MapStateExited
    MapStateFailed
    MapStateStarted
    MapStateSucceeded
    ParallelStateAborted
    ParallelStateEntered
    ParallelStateExited
    ParallelStateFailed
    ParallelStateStarted
    ParallelStateSucceeded
    PassStateEntered
    PassStateExited
    SucceedStateEntered
    SucceedStateExited
    TaskFailed
    TaskScheduled
    TaskStarted
    TaskStartFailed
    TaskStateAborted
    TaskStateEntered
    TaskStateExited
    TaskSubmitFailed
    TaskSubmitted
    TaskSucceeded
    TaskTimedOut
    WaitStateAborted
    WaitStateEntered
    WaitStateExited
    MapRunAborted
    MapRunFailed
    MapRunStarted
    MapRunSucceeded
    ExecutionRedriven
    MapRunRedriven
    EvaluationFailed
}

@length(max: 256)
string Identity

boolean IncludeExecutionData

boolean IncludeExecutionDataGetExecutionHistory

enum IncludedData {
    ALL_DATA
    METADATA_ONLY
}

@sensitive
structure InspectionData {
    input: SensitiveData
    afterArguments: SensitiveData
    afterInputPath: SensitiveData
    afterParameters: SensitiveData
    result: SensitiveData
    afterResultSelector: SensitiveData
    afterResultPath: SensitiveData
    request: InspectionDataRequest
    response: InspectionDataResponse
    variables: SensitiveData
    errorDetails: InspectionErrorDetails
    afterItemsPath: SensitiveData
    afterItemSelector: SensitiveData
    afterItemBatcher: SensitiveData
    afterItemsPointer: SensitiveData
    toleratedFailureCount: InspectionToleratedFailureCount
    toleratedFailurePercentage: InspectionToleratedFailurePercentage
    maxConcurrency: InspectionMaxConcurrency
}

structure InspectionDataRequest {
    protocol: HTTPProtocol
    method: HTTPMethod
    url: URL
    headers: HTTPHeaders
    body: HTTPBody
}

structure InspectionDataResponse {
    protocol: HTTPProtocol
    statusCode: HTTPStatusCode
    statusMessage: HTTPStatusMessage
    headers: HTTPHeaders
    body: HTTPBody
}

structure InspectionErrorDetails {
    catchIndex: ExceptionHandlerIndex
    retryIndex: ExceptionHandlerIndex
    retryBackoffIntervalSeconds: RetryBackoffIntervalSeconds
}

enum InspectionLevel {
    INFO
    DEBUG
    TRACE
}

@range(min: 0)
@sensitive
integer InspectionMaxConcurrency

@range(min: 0)
@sensitive
integer InspectionToleratedFailureCount

@range(min: 0, max: 100)
@sensitive
float InspectionToleratedFailurePercentage

@error("client")
@httpError(400)
structure InvalidArn {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidDefinition {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidEncryptionConfiguration {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidExecutionInput {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidLoggingConfiguration {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidName {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidOutput {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidToken {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure InvalidTracingConfiguration {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure KmsAccessDeniedException {
    message: ErrorMessage
}

@range(min: 60, max: 900)
integer KmsDataKeyReusePeriodSeconds

@error("client")
@httpError(400)
structure KmsInvalidStateException {
    kmsKeyState: KmsKeyState
    message: ErrorMessage
}

@length(min: 1, max: 2048)
string KmsKeyId

enum KmsKeyState {
    DISABLED
    PENDING_DELETION
    PENDING_IMPORT
    UNAVAILABLE
    CREATING
}

@error("client")
@httpError(400)
structure KmsThrottlingException {
    message: ErrorMessage
}

structure LambdaFunctionFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

structure LambdaFunctionScheduleFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

structure LambdaFunctionScheduledEventDetails {
    @required
    resource: Arn

    input: SensitiveData
    inputDetails: HistoryEventExecutionDataDetails
    timeoutInSeconds: TimeoutInSeconds
    taskCredentials: TaskCredentials
}

structure LambdaFunctionStartFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

structure LambdaFunctionSucceededEventDetails {
    output: SensitiveData
    outputDetails: HistoryEventExecutionDataDetails
}

structure LambdaFunctionTimedOutEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

structure ListActivitiesInput {
    maxResults: PageSize
    nextToken: PageToken
}

structure ListActivitiesOutput {
    @required
    activities: ActivityList

    nextToken: PageToken
}

structure ListExecutionsInput {
    stateMachineArn: Arn
    statusFilter: ExecutionStatus
    maxResults: PageSize
    nextToken: ListExecutionsPageToken
    mapRunArn: LongArn
    redriveFilter: ExecutionRedriveFilter
}

structure ListExecutionsOutput {
    @required
    executions: ExecutionList

    nextToken: ListExecutionsPageToken
}

@length(min: 1, max: 3096)
string ListExecutionsPageToken

structure ListMapRunsInput {
    @required
    executionArn: Arn

    maxResults: PageSize
    nextToken: PageToken
}

structure ListMapRunsOutput {
    @required
    mapRuns: MapRunList

    nextToken: PageToken
}

structure ListStateMachineAliasesInput {
    @required
    stateMachineArn: Arn

    nextToken: PageToken
    maxResults: PageSize
}

structure ListStateMachineAliasesOutput {
    @required
    stateMachineAliases: StateMachineAliasList

    nextToken: PageToken
}

structure ListStateMachineVersionsInput {
    @required
    stateMachineArn: Arn

    nextToken: PageToken
    maxResults: PageSize
}

structure ListStateMachineVersionsOutput {
    @required
    stateMachineVersions: StateMachineVersionList

    nextToken: PageToken
}

structure ListStateMachinesInput {
    maxResults: PageSize
    nextToken: PageToken
}

structure ListStateMachinesOutput {
    @required
    stateMachines: StateMachineList

    nextToken: PageToken
}

structure ListTagsForResourceInput {
    @required
    resourceArn: Arn
}

structure ListTagsForResourceOutput {
    tags: TagList
}

structure LogDestination {
    cloudWatchLogsLogGroup: CloudWatchLogsLogGroup
}

list LogDestinationList {
    member: LogDestination
}

enum LogLevel {
    ALL
    ERROR
    FATAL
    OFF
}

structure LoggingConfiguration {
    level: LogLevel
    includeExecutionData: IncludeExecutionData
    destinations: LogDestinationList
}

@length(min: 1, max: 2000)
string LongArn

long LongObject

structure MapIterationEventDetails {
    name: Name
    index: UnsignedInteger
}

@range(min: 0)
integer MapIterationFailureCount

structure MapRunExecutionCounts {
    @required
    pending: UnsignedLong

    @required
    running: UnsignedLong

    @required
    succeeded: UnsignedLong

    @required
    failed: UnsignedLong

    @required
    timedOut: UnsignedLong

    @required
    aborted: UnsignedLong

    @required
    total: UnsignedLong

    @required
    resultsWritten: UnsignedLong

    failuresNotRedrivable: LongObject
    pendingRedrive: LongObject
}

structure MapRunFailedEventDetails {
    error: SensitiveError
    cause: SensitiveCause
}

structure MapRunItemCounts {
    @required
    pending: UnsignedLong

    @required
    running: UnsignedLong

    @required
    succeeded: UnsignedLong

    @required
    failed: UnsignedLong

    @required
    timedOut: UnsignedLong

    @required
    aborted: UnsignedLong

    @required
    total: UnsignedLong

    @required
    resultsWritten: UnsignedLong

    failuresNotRedrivable: LongObject
    pendingRedrive: LongObject
}

string MapRunLabel

list MapRunList {
    member: MapRunListItem
}

structure MapRunListItem {
    @required
    executionArn: Arn

    @required
    mapRunArn: LongArn

    @required
    stateMachineArn: Arn

    @required
    startDate: Timestamp

    stopDate: Timestamp
}

structure MapRunRedrivenEventDetails {
    mapRunArn: LongArn
    redriveCount: RedriveCount
}

structure MapRunStartedEventDetails {
    mapRunArn: LongArn
}

enum MapRunStatus {
    RUNNING
    SUCCEEDED
    FAILED
    ABORTED
}

structure MapStateStartedEventDetails {
    length: UnsignedInteger
}

@range(min: 0)
integer MaxConcurrency

@error("client")
@httpError(400)
structure MissingRequiredParameter {
    message: ErrorMessage
}

structure MockErrorOutput {
    error: SensitiveError
    cause: SensitiveCause
}

structure MockInput {
    result: SensitiveData
    errorOutput: MockErrorOutput
    fieldValidationMode: MockResponseValidationMode
}

enum MockResponseValidationMode {
    STRICT
    PRESENT
    NONE
}

@length(min: 1, max: 80)
string Name

@range(min: 0, max: 1000)
integer PageSize

@length(min: 1, max: 1024)
string PageToken

boolean Publish

structure PublishStateMachineVersionInput {
    @required
    stateMachineArn: Arn

    revisionId: RevisionId
    description: VersionDescription
}

structure PublishStateMachineVersionOutput {
    @required
    creationDate: Timestamp

    @required
    stateMachineVersionArn: Arn
}

integer RedriveCount

structure RedriveExecutionInput {
    @required
    executionArn: Arn

    @idempotencyToken
    clientToken: ClientToken
}

structure RedriveExecutionOutput {
    @required
    redriveDate: Timestamp
}

@error("client")
@httpError(400)
structure ResourceNotFound {
    message: ErrorMessage
    resourceName: Arn
}

@range(min: 0)
integer RetrierRetryCount

@range(min: 0)
@sensitive
integer RetryBackoffIntervalSeconds

boolean RevealSecrets

boolean ReverseOrder

string RevisionId

@length(min: 1, max: 2)
list RoutingConfigurationList {
    member: RoutingConfigurationListItem
}

structure RoutingConfigurationListItem {
    @required
    stateMachineVersionArn: Arn

    @required
    weight: VersionWeight
}

structure SendTaskFailureInput {
    @required
    taskToken: TaskToken

    error: SensitiveError
    cause: SensitiveCause
}

structure SendTaskFailureOutput {}

structure SendTaskHeartbeatInput {
    @required
    taskToken: TaskToken
}

structure SendTaskHeartbeatOutput {}

structure SendTaskSuccessInput {
    @required
    taskToken: TaskToken

    @required
    output: SensitiveData
}

structure SendTaskSuccessOutput {}

@length(min: 0, max: 32768)
@sensitive
string SensitiveCause

@length(max: 262144)
@sensitive
string SensitiveData

@length(max: 1048576)
@sensitive
string SensitiveDataJobInput

@length(min: 0, max: 256)
@sensitive
string SensitiveError

@error("client")
@httpError(400)
structure ServiceQuotaExceededException {
    message: ErrorMessage
}

structure StartExecutionInput {
    @required
    stateMachineArn: Arn

    name: Name
    input: SensitiveData
    traceHeader: TraceHeader
}

structure StartExecutionOutput {
    @required
    executionArn: Arn

    @required
    startDate: Timestamp
}

structure StartSyncExecutionInput {
    @required
    stateMachineArn: Arn

    name: Name
    input: SensitiveData
    traceHeader: TraceHeader
    includedData: IncludedData
}

structure StartSyncExecutionOutput {
    @required
    executionArn: Arn

    stateMachineArn: Arn
    name: Name

    @required
    startDate: Timestamp

    @required
    stopDate: Timestamp

    @required
    status: SyncExecutionStatus

    error: SensitiveError
    cause: SensitiveCause
    input: SensitiveData
    inputDetails: CloudWatchEventsExecutionDataDetails
    output: SensitiveData
    outputDetails: CloudWatchEventsExecutionDataDetails
    traceHeader: TraceHeader
    billingDetails: BillingDetails
}

structure StateEnteredEventDetails {
    @required
    name: Name

    input: SensitiveData
    inputDetails: HistoryEventExecutionDataDetails
}

structure StateExitedEventDetails {
    @required
    name: Name

    output: SensitiveData
    outputDetails: HistoryEventExecutionDataDetails
    assignedVariables: AssignedVariables
    assignedVariablesDetails: AssignedVariablesDetails
}

list StateMachineAliasList {
    member: StateMachineAliasListItem
}

structure StateMachineAliasListItem {
    @required
    stateMachineAliasArn: LongArn

    @required
    creationDate: Timestamp
}

@error("client")
@httpError(400)
structure StateMachineAlreadyExists {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure StateMachineDeleting {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure StateMachineDoesNotExist {
    message: ErrorMessage
}

@error("client")
@httpError(400)
structure StateMachineLimitExceeded {
    message: ErrorMessage
}

list StateMachineList {
    member: StateMachineListItem
}

structure StateMachineListItem {
    @required
    stateMachineArn: Arn

    @required
    name: Name

    @required
    type: StateMachineType

    @required
    creationDate: Timestamp
}

enum StateMachineStatus {
    ACTIVE
    DELETING
}

enum StateMachineType {
    STANDARD
    EXPRESS
}

@error("client")
@httpError(400)
structure StateMachineTypeNotSupported {
    message: ErrorMessage
}

list StateMachineVersionList {
    member: StateMachineVersionListItem
}

structure StateMachineVersionListItem {
    @required
    stateMachineVersionArn: LongArn

    @required
    creationDate: Timestamp
}

@length(min: 1, max: 80)
string StateName

structure StopExecutionInput {
    @required
    executionArn: Arn

    error: SensitiveError
    cause: SensitiveCause
}

structure StopExecutionOutput {
    @required
    stopDate: Timestamp
}

enum SyncExecutionStatus {
    SUCCEEDED
    FAILED
    TIMED_OUT
}

structure Tag {
    key: TagKey
    value: TagValue
}

@length(min: 1, max: 128)
string TagKey

list TagKeyList {
    member: TagKey
}

list TagList {
    member: Tag
}

structure TagResourceInput {
    @required
    resourceArn: Arn

    @required
    tags: TagList
}

structure TagResourceOutput {}

@length(min: 0, max: 256)
string TagValue

structure TaskCredentials {
    roleArn: LongArn
}

@error("client")
@httpError(400)
structure TaskDoesNotExist {
    message: ErrorMessage
}

structure TaskFailedEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name

    error: SensitiveError
    cause: SensitiveCause
}

structure TaskScheduledEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name

    @required
    region: Name

    @required
    parameters: ConnectorParameters

    timeoutInSeconds: TimeoutInSeconds
    heartbeatInSeconds: TimeoutInSeconds
    taskCredentials: TaskCredentials
}

structure TaskStartFailedEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name

    error: SensitiveError
    cause: SensitiveCause
}

structure TaskStartedEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name
}

structure TaskSubmitFailedEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name

    error: SensitiveError
    cause: SensitiveCause
}

structure TaskSubmittedEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name

    output: SensitiveData
    outputDetails: HistoryEventExecutionDataDetails
}

structure TaskSucceededEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name

    output: SensitiveData
    outputDetails: HistoryEventExecutionDataDetails
}

@error("client")
@httpError(400)
structure TaskTimedOut {
    message: ErrorMessage
}

structure TaskTimedOutEventDetails {
    @required
    resourceType: Name

    @required
    resource: Name

    error: SensitiveError
    cause: SensitiveCause
}

@length(min: 1, max: 2048)
string TaskToken

enum TestExecutionStatus {
    SUCCEEDED
    FAILED
    RETRIABLE
    CAUGHT_ERROR
}

structure TestStateConfiguration {
    retrierRetryCount: RetrierRetryCount
    errorCausedByState: TestStateStateName
    mapIterationFailureCount: MapIterationFailureCount
    mapItemReaderData: SensitiveData
}

structure TestStateInput {
    @required
    definition: Definition

    roleArn: Arn
    input: SensitiveData
    inspectionLevel: InspectionLevel
    revealSecrets: RevealSecrets
    variables: SensitiveData
    stateName: TestStateStateName
    mock: MockInput
    context: SensitiveData
    stateConfiguration: TestStateConfiguration
}

structure TestStateOutput {
    output: SensitiveData
    error: SensitiveError
    cause: SensitiveCause
    inspectionData: InspectionData
    nextState: StateName
    status: TestExecutionStatus
}

@length(min: 1, max: 80)
@sensitive
string TestStateStateName

long TimeoutInSeconds

timestamp Timestamp

@range(min: 0)
long ToleratedFailureCount

@range(min: 0, max: 100)
float ToleratedFailurePercentage

@error("client")
@httpError(400)
structure TooManyTags {
    message: ErrorMessage
    resourceName: Arn
}

@length(min: 0, max: 256)
@pattern("\\p{ASCII}*")
string TraceHeader

structure TracingConfiguration {
    enabled: Enabled
}

string URL

@range(min: 0)
integer UnsignedInteger

@range(min: 0)
long UnsignedLong

structure UntagResourceInput {
    @required
    resourceArn: Arn

    @required
    tagKeys: TagKeyList
}

structure UntagResourceOutput {}

structure UpdateMapRunInput {
    @required
    mapRunArn: LongArn

    maxConcurrency: MaxConcurrency
    toleratedFailurePercentage: ToleratedFailurePercentage
    toleratedFailureCount: ToleratedFailureCount
}

structure UpdateMapRunOutput {}

structure UpdateStateMachineAliasInput {
    @required
    stateMachineAliasArn: Arn

    description: AliasDescription
    routingConfiguration: RoutingConfigurationList
}

structure UpdateStateMachineAliasOutput {
    @required
    updateDate: Timestamp
}

structure UpdateStateMachineInput {
    @required
    stateMachineArn: Arn

    definition: Definition
    roleArn: Arn
    loggingConfiguration: LoggingConfiguration
    tracingConfiguration: TracingConfiguration
    publish: Publish
    versionDescription: VersionDescription
    encryptionConfiguration: EncryptionConfiguration
}

structure UpdateStateMachineOutput {
    @required
    updateDate: Timestamp

    revisionId: RevisionId
    stateMachineVersionArn: Arn
}

@sensitive
string ValidateStateMachineDefinitionCode

structure ValidateStateMachineDefinitionDiagnostic {
    @required
    severity: ValidateStateMachineDefinitionSeverity

    @required
    code: ValidateStateMachineDefinitionCode

    @required
    message: ValidateStateMachineDefinitionMessage

    location: ValidateStateMachineDefinitionLocation
}

list ValidateStateMachineDefinitionDiagnosticList {
    member: ValidateStateMachineDefinitionDiagnostic
}

structure ValidateStateMachineDefinitionInput {
    @required
    definition: Definition

    type: StateMachineType
    severity: ValidateStateMachineDefinitionSeverity
    maxResults: ValidateStateMachineDefinitionMaxResult
}

@sensitive
string ValidateStateMachineDefinitionLocation

@range(min: 0, max: 100)
integer ValidateStateMachineDefinitionMaxResult

@sensitive
string ValidateStateMachineDefinitionMessage

structure ValidateStateMachineDefinitionOutput {
    @required
    result: ValidateStateMachineDefinitionResultCode

    @required
    diagnostics: ValidateStateMachineDefinitionDiagnosticList

    truncated: ValidateStateMachineDefinitionTruncated
}

enum ValidateStateMachineDefinitionResultCode {
    OK
    FAIL
}

enum ValidateStateMachineDefinitionSeverity {
    ERROR
    WARNING
}

boolean ValidateStateMachineDefinitionTruncated

@error("client")
@httpError(400)
structure ValidationException {
    message: ErrorMessage
    reason: ValidationExceptionReason
}

enum ValidationExceptionReason {
    API_DOES_NOT_SUPPORT_LABELED_ARNS
    MISSING_REQUIRED_PARAMETER
    CANNOT_UPDATE_COMPLETED_MAP_RUN
    INVALID_ROUTING_CONFIGURATION
}

@sensitive
string VariableName

list VariableNameList {
    member: VariableName
}

@sensitive
map VariableReferences {
    key: StateName
    value: VariableNameList
}

@sensitive
string VariableValue

@length(max: 256)
@sensitive
string VersionDescription

@range(min: 0, max: 100)
integer VersionWeight

boolean includedDetails

boolean truncated
