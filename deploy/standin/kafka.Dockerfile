# Stands in for the image "apache/kafka".
ARG FROM_IMAGE
FROM ${FROM_IMAGE}
COPY entry /entry
COPY --chown=1001:1001 state/ /var/lib/kafka/data/
USER 1001:1001
ENTRYPOINT ["/entry"]
