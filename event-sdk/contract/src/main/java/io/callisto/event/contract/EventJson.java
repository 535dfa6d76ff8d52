package io.callisto.event.contract;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Events to and from their JSON. Unknown fields are ignored when reading: the contract only grows. Thread-safe. */
public final class EventJson {
    private final JsonMapper mapper =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    public String write(JobEvent event) {
        return mapper.writeValueAsString(event);
    }

    public String write(AttemptEvent event) {
        return mapper.writeValueAsString(event);
    }

    /**
     * @throws JacksonException where the text is no JSON of this event
     */
    public JobEvent readJob(String json) {
        return mapper.readValue(json, JobEvent.class);
    }

    /**
     * @throws JacksonException where the text is no JSON of this event
     */
    public AttemptEvent readAttempt(String json) {
        return mapper.readValue(json, AttemptEvent.class);
    }
}
