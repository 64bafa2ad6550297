package io.pileus.sns;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.sns.delivery.Courier;
import io.pileus.sns.delivery.DeliveryLog;
import io.pileus.sns.delivery.Envelope;
import io.pileus.sns.delivery.Signer;
import io.pileus.sns.model.AddPermissionInput;
import io.pileus.sns.model.AddPermissionResponse;
import io.pileus.sns.model.CheckIfPhoneNumberIsOptedOutInput;
import io.pileus.sns.model.CheckIfPhoneNumberIsOptedOutResponse;
import io.pileus.sns.model.ConfirmSubscriptionInput;
import io.pileus.sns.model.ConfirmSubscriptionResponse;
import io.pileus.sns.model.CreateEndpointResponse;
import io.pileus.sns.model.CreatePlatformApplicationInput;
import io.pileus.sns.model.CreatePlatformApplicationResponse;
import io.pileus.sns.model.CreatePlatformEndpointInput;
import io.pileus.sns.model.CreateSMSSandboxPhoneNumberInput;
import io.pileus.sns.model.CreateSMSSandboxPhoneNumberResult;
import io.pileus.sns.model.CreateTopicInput;
import io.pileus.sns.model.CreateTopicResponse;
import io.pileus.sns.model.DeleteEndpointInput;
import io.pileus.sns.model.DeleteEndpointResponse;
import io.pileus.sns.model.DeletePlatformApplicationInput;
import io.pileus.sns.model.DeletePlatformApplicationResponse;
import io.pileus.sns.model.DeleteSMSSandboxPhoneNumberInput;
import io.pileus.sns.model.DeleteSMSSandboxPhoneNumberResult;
import io.pileus.sns.model.DeleteTopicInput;
import io.pileus.sns.model.DeleteTopicResponse;
import io.pileus.sns.model.GetDataProtectionPolicyInput;
import io.pileus.sns.model.GetDataProtectionPolicyResponse;
import io.pileus.sns.model.GetEndpointAttributesInput;
import io.pileus.sns.model.GetEndpointAttributesResponse;
import io.pileus.sns.model.GetPlatformApplicationAttributesInput;
import io.pileus.sns.model.GetPlatformApplicationAttributesResponse;
import io.pileus.sns.model.GetSMSAttributesInput;
import io.pileus.sns.model.GetSMSAttributesResponse;
import io.pileus.sns.model.GetSMSSandboxAccountStatusInput;
import io.pileus.sns.model.GetSMSSandboxAccountStatusResult;
import io.pileus.sns.model.GetSubscriptionAttributesInput;
import io.pileus.sns.model.GetSubscriptionAttributesResponse;
import io.pileus.sns.model.GetTopicAttributesInput;
import io.pileus.sns.model.GetTopicAttributesResponse;
import io.pileus.sns.model.ListEndpointsByPlatformApplicationInput;
import io.pileus.sns.model.ListEndpointsByPlatformApplicationResponse;
import io.pileus.sns.model.ListOriginationNumbersRequest;
import io.pileus.sns.model.ListOriginationNumbersResult;
import io.pileus.sns.model.ListPhoneNumbersOptedOutInput;
import io.pileus.sns.model.ListPhoneNumbersOptedOutResponse;
import io.pileus.sns.model.ListPlatformApplicationsInput;
import io.pileus.sns.model.ListPlatformApplicationsResponse;
import io.pileus.sns.model.ListSMSSandboxPhoneNumbersInput;
import io.pileus.sns.model.ListSMSSandboxPhoneNumbersResult;
import io.pileus.sns.model.ListSubscriptionsByTopicInput;
import io.pileus.sns.model.ListSubscriptionsByTopicResponse;
import io.pileus.sns.model.ListSubscriptionsInput;
import io.pileus.sns.model.ListSubscriptionsResponse;
import io.pileus.sns.model.ListTagsForResourceRequest;
import io.pileus.sns.model.ListTagsForResourceResponse;
import io.pileus.sns.model.ListTopicsInput;
import io.pileus.sns.model.ListTopicsResponse;
import io.pileus.sns.model.OptInPhoneNumberInput;
import io.pileus.sns.model.OptInPhoneNumberResponse;
import io.pileus.sns.model.PublishBatchInput;
import io.pileus.sns.model.PublishBatchResponse;
import io.pileus.sns.model.PublishInput;
import io.pileus.sns.model.PublishResponse;
import io.pileus.sns.model.PutDataProtectionPolicyInput;
import io.pileus.sns.model.PutDataProtectionPolicyResponse;
import io.pileus.sns.model.RemovePermissionInput;
import io.pileus.sns.model.RemovePermissionResponse;
import io.pileus.sns.model.SetEndpointAttributesInput;
import io.pileus.sns.model.SetEndpointAttributesResponse;
import io.pileus.sns.model.SetPlatformApplicationAttributesInput;
import io.pileus.sns.model.SetPlatformApplicationAttributesResponse;
import io.pileus.sns.model.SetSMSAttributesInput;
import io.pileus.sns.model.SetSMSAttributesResponse;
import io.pileus.sns.model.SetSubscriptionAttributesInput;
import io.pileus.sns.model.SetSubscriptionAttributesResponse;
import io.pileus.sns.model.SetTopicAttributesInput;
import io.pileus.sns.model.SetTopicAttributesResponse;
import io.pileus.sns.model.SnsApi;
import io.pileus.sns.model.SnsOperations;
import io.pileus.sns.model.SubscribeInput;
import io.pileus.sns.model.SubscribeResponse;
import io.pileus.sns.model.TagResourceRequest;
import io.pileus.sns.model.TagResourceResponse;
import io.pileus.sns.model.UnsubscribeInput;
import io.pileus.sns.model.UnsubscribeResponse;
import io.pileus.sns.model.UntagResourceRequest;
import io.pileus.sns.model.UntagResourceResponse;
import io.pileus.sns.model.VerifySMSSandboxPhoneNumberInput;
import io.pileus.sns.model.VerifySMSSandboxPhoneNumberResult;
import io.pileus.sns.state.Outbox;
import io.pileus.sns.state.PlatformApplication;
import io.pileus.sns.state.SnsState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Amazon SNS: the table of contents of its operations.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/welcome.html">Amazon SNS API reference</a>
 */
public final class SnsService implements EmulatedService, SnsOperations {
    /** How long deliveries under way hold up the server's end; in real time. */
    private static final Duration CLOSING_TIME = Duration.ofSeconds(3);

    private final Scopes<SnsState> scopes = new Scopes<>(SnsState::new);
    private final Outbox outbox = new Outbox();
    private final DeliveryLog deliveryLog = new DeliveryLog();
    private final Courier courier;
    private final TopicOperations topics;
    private final SubscriptionOperations subscriptions;
    private final PublishOperations publishing;
    private final PlatformOperations platforms;
    private final SmsOperations sms;
    private final PermissionOperations permissions;
    private final DeveloperEndpoints developerEndpoints;
    private final SnsSaving saving;
    private final boolean persistent;

    public SnsService(ServiceEnvironment environment) {
        Resources resources = new Resources(scopes, endpoint(environment));
        Signer signer = new Signer(environment.clock().instant());
        courier = new Courier(
                environment, new Envelope(signer), outbox, deliveryLog, arn -> takesMessages(resources, arn));
        this.topics = new TopicOperations(resources);
        this.subscriptions = new SubscriptionOperations(
                resources, environment.ids(), courier, new Replays(courier), environment.settings());
        this.publishing = new PublishOperations(resources, environment.ids(), environment.ports(), courier, outbox);
        this.platforms = new PlatformOperations(resources, environment.ids());
        this.sms = new SmsOperations(resources, environment.ids(), outbox);
        this.permissions = new PermissionOperations(resources);
        this.developerEndpoints = new DeveloperEndpoints(scopes, outbox, deliveryLog, signer);
        this.persistent = environment.settings().flag("PERSISTENCE", false);
        this.saving = new SnsSaving(scopes, resources, courier, signer);
        environment
                .ports()
                .deliveries()
                .register("sns", new TopicDeliveries(resources, publishing, environment.ids(), environment.clock()));
    }

    /** LOCALSTACK_HOST names the host of URLs that are made without a request. */
    private static String endpoint(ServiceEnvironment environment) {
        String host = environment.settings().get("LOCALSTACK_HOST", "localhost:4566");
        return "http://" + (host.indexOf(':') < 0 ? host + ":4566" : host);
    }

    private static boolean takesMessages(Resources resources, String endpointArn) {
        return Arn.parse(endpointArn)
                .flatMap(resources::of)
                .flatMap(state -> state.endpoint(endpointArn))
                .filter(PlatformApplication.Endpoint::isEnabled)
                .isPresent();
    }

    @Override
    public List<ServiceApi> apis() {
        return List.of(new SnsApi(this));
    }

    @Override
    public List<HttpRoute> routes() {
        return developerEndpoints.routes();
    }

    @Override
    public void reset(ResetScope scope) {
        scopes.remove(scope);
        courier.forget(topic -> scope.covers(new AccountId(topic.account()), new Region(topic.region())));
        outbox.remove(sent -> scope.covers(sent.account(), sent.region()));
        deliveryLog.remove(entry -> Arn.parse(entry.topicArn())
                .filter(arn -> scope.covers(new AccountId(arn.account()), new Region(arn.region())))
                .isPresent());
    }

    @Override
    public void save(StateSink sink) {
        saving.save(sink);
    }

    @Override
    public void load(StateSource source) {
        saving.load(source);
    }

    @Override
    public void resume() {
        saving.resume();
    }

    @Override
    public void close() {
        if (persistent) {
            // What waits has been saved, and goes on when the server is there again.
            courier.forget(topic -> true);
        }
        courier.close(CLOSING_TIME);
    }

    /** What left for mailboxes, phones and devices. */
    public Outbox outbox() {
        return outbox;
    }

    /** What became of each message for each subscriber. */
    public DeliveryLog deliveryLog() {
        return deliveryLog;
    }

    // ---- topics
    // ------------------------------------------------------------------------------------------------------

    @Override
    public CreateTopicResponse createTopic(CreateTopicInput input, CallContext call) {
        return topics.createTopic(input, call);
    }

    @Override
    public DeleteTopicResponse deleteTopic(DeleteTopicInput input, CallContext call) {
        return topics.deleteTopic(input, call);
    }

    @Override
    public ListTopicsResponse listTopics(ListTopicsInput input, CallContext call) {
        return topics.listTopics(input, call);
    }

    @Override
    public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesInput input, CallContext call) {
        return topics.getTopicAttributes(input, call);
    }

    @Override
    public SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesInput input, CallContext call) {
        return topics.setTopicAttributes(input, call);
    }

    @Override
    public PutDataProtectionPolicyResponse putDataProtectionPolicy(
            PutDataProtectionPolicyInput input, CallContext call) {
        return topics.putDataProtectionPolicy(input, call);
    }

    @Override
    public GetDataProtectionPolicyResponse getDataProtectionPolicy(
            GetDataProtectionPolicyInput input, CallContext call) {
        return topics.getDataProtectionPolicy(input, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        return topics.tagResource(input, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        return topics.untagResource(input, call);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest input, CallContext call) {
        return topics.listTagsForResource(input, call);
    }

    // ---- subscriptions
    // -----------------------------------------------------------------------------------------------

    @Override
    public CompletionStage<SubscribeResponse> subscribe(SubscribeInput input, CallContext call) {
        return subscriptions.subscribe(input, call);
    }

    @Override
    public ConfirmSubscriptionResponse confirmSubscription(ConfirmSubscriptionInput input, CallContext call) {
        return subscriptions.confirmSubscription(input, call);
    }

    @Override
    public UnsubscribeResponse unsubscribe(UnsubscribeInput input, CallContext call) {
        return subscriptions.unsubscribe(input, call);
    }

    @Override
    public ListSubscriptionsResponse listSubscriptions(ListSubscriptionsInput input, CallContext call) {
        return subscriptions.listSubscriptions(input, call);
    }

    @Override
    public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(
            ListSubscriptionsByTopicInput input, CallContext call) {
        return subscriptions.listSubscriptionsByTopic(input, call);
    }

    @Override
    public GetSubscriptionAttributesResponse getSubscriptionAttributes(
            GetSubscriptionAttributesInput input, CallContext call) {
        return subscriptions.getSubscriptionAttributes(input, call);
    }

    @Override
    public SetSubscriptionAttributesResponse setSubscriptionAttributes(
            SetSubscriptionAttributesInput input, CallContext call) {
        return subscriptions.setSubscriptionAttributes(input, call);
    }

    // ---- publishing
    // --------------------------------------------------------------------------------------------------

    @Override
    public CompletionStage<PublishResponse> publish(PublishInput input, CallContext call) {
        return publishing.publish(input, call);
    }

    @Override
    public CompletionStage<PublishBatchResponse> publishBatch(PublishBatchInput input, CallContext call) {
        return publishing.publishBatch(input, call);
    }

    // ---- platforms
    // ---------------------------------------------------------------------------------------------------

    @Override
    public CreatePlatformApplicationResponse createPlatformApplication(
            CreatePlatformApplicationInput input, CallContext call) {
        return platforms.createPlatformApplication(input, call);
    }

    @Override
    public GetPlatformApplicationAttributesResponse getPlatformApplicationAttributes(
            GetPlatformApplicationAttributesInput input, CallContext call) {
        return platforms.getPlatformApplicationAttributes(input, call);
    }

    @Override
    public SetPlatformApplicationAttributesResponse setPlatformApplicationAttributes(
            SetPlatformApplicationAttributesInput input, CallContext call) {
        return platforms.setPlatformApplicationAttributes(input, call);
    }

    @Override
    public ListPlatformApplicationsResponse listPlatformApplications(
            ListPlatformApplicationsInput input, CallContext call) {
        return platforms.listPlatformApplications(input, call);
    }

    @Override
    public DeletePlatformApplicationResponse deletePlatformApplication(
            DeletePlatformApplicationInput input, CallContext call) {
        return platforms.deletePlatformApplication(input, call);
    }

    @Override
    public CreateEndpointResponse createPlatformEndpoint(CreatePlatformEndpointInput input, CallContext call) {
        return platforms.createPlatformEndpoint(input, call);
    }

    @Override
    public GetEndpointAttributesResponse getEndpointAttributes(GetEndpointAttributesInput input, CallContext call) {
        return platforms.getEndpointAttributes(input, call);
    }

    @Override
    public SetEndpointAttributesResponse setEndpointAttributes(SetEndpointAttributesInput input, CallContext call) {
        return platforms.setEndpointAttributes(input, call);
    }

    @Override
    public ListEndpointsByPlatformApplicationResponse listEndpointsByPlatformApplication(
            ListEndpointsByPlatformApplicationInput input, CallContext call) {
        return platforms.listEndpointsByPlatformApplication(input, call);
    }

    @Override
    public DeleteEndpointResponse deleteEndpoint(DeleteEndpointInput input, CallContext call) {
        return platforms.deleteEndpoint(input, call);
    }

    // ---- sms
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public SetSMSAttributesResponse setSMSAttributes(SetSMSAttributesInput input, CallContext call) {
        return sms.setSMSAttributes(input, call);
    }

    @Override
    public GetSMSAttributesResponse getSMSAttributes(GetSMSAttributesInput input, CallContext call) {
        return sms.getSMSAttributes(input, call);
    }

    @Override
    public CheckIfPhoneNumberIsOptedOutResponse checkIfPhoneNumberIsOptedOut(
            CheckIfPhoneNumberIsOptedOutInput input, CallContext call) {
        return sms.checkIfPhoneNumberIsOptedOut(input, call);
    }

    @Override
    public ListPhoneNumbersOptedOutResponse listPhoneNumbersOptedOut(
            ListPhoneNumbersOptedOutInput input, CallContext call) {
        return sms.listPhoneNumbersOptedOut(input, call);
    }

    @Override
    public OptInPhoneNumberResponse optInPhoneNumber(OptInPhoneNumberInput input, CallContext call) {
        return sms.optInPhoneNumber(input, call);
    }

    @Override
    public GetSMSSandboxAccountStatusResult getSMSSandboxAccountStatus(
            GetSMSSandboxAccountStatusInput input, CallContext call) {
        return sms.getSMSSandboxAccountStatus(input, call);
    }

    @Override
    public CreateSMSSandboxPhoneNumberResult createSMSSandboxPhoneNumber(
            CreateSMSSandboxPhoneNumberInput input, CallContext call) {
        return sms.createSMSSandboxPhoneNumber(input, call);
    }

    @Override
    public VerifySMSSandboxPhoneNumberResult verifySMSSandboxPhoneNumber(
            VerifySMSSandboxPhoneNumberInput input, CallContext call) {
        return sms.verifySMSSandboxPhoneNumber(input, call);
    }

    @Override
    public DeleteSMSSandboxPhoneNumberResult deleteSMSSandboxPhoneNumber(
            DeleteSMSSandboxPhoneNumberInput input, CallContext call) {
        return sms.deleteSMSSandboxPhoneNumber(input, call);
    }

    @Override
    public ListSMSSandboxPhoneNumbersResult listSMSSandboxPhoneNumbers(
            ListSMSSandboxPhoneNumbersInput input, CallContext call) {
        return sms.listSMSSandboxPhoneNumbers(input, call);
    }

    @Override
    public ListOriginationNumbersResult listOriginationNumbers(ListOriginationNumbersRequest input, CallContext call) {
        return sms.listOriginationNumbers(input, call);
    }

    // ---- permissions
    // -------------------------------------------------------------------------------------------------

    @Override
    public AddPermissionResponse addPermission(AddPermissionInput input, CallContext call) {
        return permissions.addPermission(input, call);
    }

    @Override
    public RemovePermissionResponse removePermission(RemovePermissionInput input, CallContext call) {
        return permissions.removePermission(input, call);
    }
}
