package io.callisto.event.contract;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Makes the AsyncAPI 3 document out of {@link EventType}, {@link TopicNaming}, headers and schemas. */
final class AsyncApiDocument {
    private static final String HEAD = """
            # Generated from the event contract; do not edit. Rewrite with
            # ./mvnw -pl event-sdk/contract -am verify -Dcallisto.docs.update=true
            """;
    private static final String KAFKA_BINDING = "0.5.0";
    private static final String ORGANISATION = "organisation";

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final EventJson json = new EventJson();

    String yaml() {
        YAMLMapper yaml = YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .disable(YAMLWriteFeature.SPLIT_LINES)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        return HEAD + yaml.writeValueAsString(tree());
    }

    ObjectNode tree() {
        ObjectNode document = mapper.createObjectNode();
        document.put("asyncapi", "3.0.0");
        document.put("id", "urn:callisto:events");
        ObjectNode info = document.putObject("info");
        info.put("title", "Callisto events");
        info.put("version", "1.0.0");
        info.put(
                "description",
                "What happens in an outbound-campaign cluster, for anybody who can read Kafka. Read with"
                        + " isolation.level=read_committed: then every event is there once and in order per key. Values"
                        + " are plain JSON, the attributes of CloudEvents 1.0 are headers (binary mode). Fields may be"
                        + " added; a reader ignores those that it does not know.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.put("defaultContentType", EventHeaders.JSON);
        servers(document.putObject("servers"));
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode components = document.putObject("components");
        ObjectNode messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");
        for (EventType type : EventType.values()) {
            channel(channels.putObject(type.name()), type);
            operation(operations.putObject("send" + type), type);
            message(messages.putObject(type.name()), type);
            schemas.set(type.name(), schema(type));
        }
        ObjectNode organisation = components.putObject("parameters").putObject(ORGANISATION);
        organisation.put("description", "Id of the organisation (tenant); Default for organisation 0.");
        organisation.put("default", "Default");
        organisation.putArray("examples").add("Default").add("7");
        components
                .putObject("securitySchemes")
                .putObject("clientCertificate")
                .put("type", "X509")
                .put(
                        "description",
                        "Mutual TLS. A certificate reads the topics of the organisations that it was issued for.");
        return document;
    }

    private static void servers(ObjectNode servers) {
        ObjectNode tls = servers.putObject("tls");
        tls.put("host", "kafka.example.com:9093");
        tls.put("protocol", "kafka-secure");
        tls.put("description", "A broker of the cluster, by mutual TLS.");
        tls.putArray("security").addObject().put("$ref", "#/components/securitySchemes/clientCertificate");
        ObjectNode plain = servers.putObject("plain");
        plain.put("host", "localhost:9092");
        plain.put("protocol", "kafka");
        plain.put("description", "A cluster on one machine, for development, without TLS.");
    }

    private void channel(ObjectNode channel, EventType type) {
        channel.put("address", TopicNaming.POM_4.topic(type, 7).replace("7", "{" + ORGANISATION + "}"));
        channel.put("title", type + " events of an organisation");
        channel.put(
                "description",
                schemaTree(type).path("description").asString() + " Where the cluster is set to the names of POM 3.1.3,"
                        + " the topic is " + TopicNaming.POM_3.topic(type, 0) + ", and "
                        + TopicNaming.POM_3.topic(type, 7) + " for organisation 7.");
        channel.putObject("messages").putObject(type.name()).put("$ref", "#/components/messages/" + type);
        channel.putObject("parameters").putObject(ORGANISATION).put("$ref", "#/components/parameters/" + ORGANISATION);
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("partitions", 1);
        kafka.put("replicas", 3);
        ObjectNode topic = kafka.putObject("topicConfiguration");
        topic.putArray("cleanup.policy").add("delete");
        topic.put("retention.ms", 604_800_000);
        kafka.put("bindingVersion", KAFKA_BINDING);
    }

    private static void operation(ObjectNode operation, EventType type) {
        operation.put("action", "send");
        operation.put("summary", "The cluster tells; a client subscribes to the channel.");
        operation.putObject("channel").put("$ref", "#/channels/" + type);
        operation.putArray("messages").addObject().put("$ref", "#/channels/" + type + "/messages/" + type);
    }

    private void message(ObjectNode message, EventType type) {
        message.put("name", EventHeaders.type(type));
        message.put("title", type + " event");
        message.put("contentType", EventHeaders.JSON);
        ObjectNode headers = message.putObject("headers");
        headers.put("type", "object");
        ObjectNode fields = headers.putObject("properties");
        for (DescribedHeader header : DescribedHeader.of(type)) {
            ObjectNode field = fields.putObject(header.name());
            field.put("type", "string");
            put(field, "const", header.always());
            put(field, "format", header.format());
            put(field, "pattern", header.pattern());
            field.put("description", header.meaning());
        }
        var required = headers.putArray("required");
        DescribedHeader.of(type).forEach(header -> required.add(header.name()));
        message.putObject("payload").put("$ref", "#/components/schemas/" + type);
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key")
                .put("type", "string")
                .put("description", "Field " + DescribedHeader.key(type) + " as text. Events of one key are in order.");
        kafka.put("bindingVersion", KAFKA_BINDING);
        message.putArray("examples")
                .addObject()
                .put("name", "everything")
                .set("payload", mapper.readTree(json.write(Samples.full(type))));
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** As in the schema's file. Its id is the header ce_dataschema: here it would change where references lead. */
    private ObjectNode schema(EventType type) {
        ObjectNode schema = (ObjectNode) schemaTree(type);
        schema.remove("$schema");
        schema.remove("$id");
        return schema;
    }

    private JsonNode schemaTree(EventType type) {
        return mapper.readTree(EventSchema.text(type));
    }
}
