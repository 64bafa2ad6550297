package io.pileus.testcontainers.spring;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.pileus.testcontainers.PileusContainer;
import java.net.URI;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/** Makes Spring Cloud AWS use a container that a test annotates with {@code @ServiceConnection}; found by Spring. */
final class PileusConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<PileusContainer, AwsConnectionDetails> {

    PileusConnectionDetailsFactory() {}

    @Override
    protected AwsConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<PileusContainer> source) {
        return new Details(source);
    }

    private static final class Details extends ContainerConnectionDetails<PileusContainer>
            implements AwsConnectionDetails {
        Details(ContainerConnectionSource<PileusContainer> source) {
            super(source);
        }

        @Override
        public URI getEndpoint() {
            return getContainer().getEndpoint();
        }

        @Override
        public String getRegion() {
            return getContainer().getRegion();
        }

        @Override
        public String getAccessKey() {
            return getContainer().getAccessKey();
        }

        @Override
        public String getSecretKey() {
            return getContainer().getSecretKey();
        }
    }
}
