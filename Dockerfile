# syntax=docker/dockerfile:1

# Where other images than these are wanted: Maven with a JDK 25, a JDK 25 of the image's own architecture, and a Debian.
ARG BUILD_BASE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_BASE=${BUILD_BASE}
ARG BASE=debian:trixie-slim

# The jars, which are the same everywhere: never built under emulation.
FROM --platform=${BUILDPLATFORM} ${BUILD_BASE} AS jars
WORKDIR /src
COPY . .
RUN mvn -B -ntp -q -DskipTests -Dspotless.check.skip package -pl emulator-server -am

# A Java runtime that has just what they need.
FROM ${RUNTIME_BASE} AS runtime
COPY docker/make-runtime /tmp/make-runtime
COPY --from=jars /src/emulator-server/target/dist/lib /tmp/lib
RUN /tmp/make-runtime /tmp/lib /opt/pileus

FROM ${BASE}
# 1: with the AWS CLI, Python and boto3, as init scripts made for LocalStack expect; 0: without, and much smaller.
ARG AWS_CLI=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends bash ca-certificates curl \
    && if [ "$AWS_CLI" = 1 ]; then apt-get install -y --no-install-recommends awscli python3 python3-boto3; fi \
    && apt-get clean && rm -rf /var/lib/apt/lists/*
COPY --from=runtime /opt/pileus /opt/pileus
COPY docker/docker-entrypoint.sh docker/awslocal docker/pileus /usr/local/bin/
COPY docker/make-cache /tmp/make-cache
# The cache is made here, because it belongs to these very files. The folders are there for scripts that are copied in, and
# open to any user id.
RUN /tmp/make-cache /opt/pileus \
    && rm -rf /tmp/* \
    && mkdir -p /etc/localstack/init/boot.d /etc/localstack/init/start.d /etc/localstack/init/ready.d \
        /etc/localstack/init/shutdown.d /var/lib/localstack \
    && chmod -R 0777 /etc/localstack /var/lib/localstack

USER 1000:1000
ENV HOME=/tmp
VOLUME /var/lib/localstack
EXPOSE 4566
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s --retries=5 \
    CMD ["bash", "-c", "listen=${GATEWAY_LISTEN:-:${EDGE_PORT:-4566}}; first=${listen%%,*}; curl -fsS -o /dev/null http://localhost:${first##*:}/_localstack/health"]
ENTRYPOINT ["docker-entrypoint.sh"]
