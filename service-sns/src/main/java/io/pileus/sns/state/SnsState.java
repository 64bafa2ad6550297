package io.pileus.sns.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What SNS remembers of one account in one region. */
public final class SnsState {
    private final AccountId account;
    private final Region region;
    private final ConcurrentSkipListMap<String, Topic> topics = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, PlatformApplication> applications = new ConcurrentSkipListMap<>();
    private final SmsSettings sms = new SmsSettings();

    public SnsState(AccountId account, Region region) {
        this.account = account;
        this.region = region;
    }

    public AccountId account() {
        return account;
    }

    public Region region() {
        return region;
    }

    /** The topics by ARN. */
    public Map<String, Topic> topics() {
        return topics;
    }

    public Optional<Topic> topic(String arn) {
        return Optional.ofNullable(topics.get(arn));
    }

    /** The platform applications by ARN. */
    public Map<String, PlatformApplication> applications() {
        return applications;
    }

    public Optional<PlatformApplication> application(String arn) {
        return Optional.ofNullable(applications.get(arn));
    }

    /** The push endpoint of this ARN, whichever application it belongs to. */
    public Optional<PlatformApplication.Endpoint> endpoint(String arn) {
        return applications.values().stream()
                .flatMap(a -> a.endpoint(arn).stream())
                .findFirst();
    }

    public SmsSettings sms() {
        return sms;
    }
}
