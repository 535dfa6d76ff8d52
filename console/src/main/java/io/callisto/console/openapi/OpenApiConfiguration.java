package io.callisto.console.openapi;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the OpenAPI document that no single controller can say. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {
    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Callisto")
                        .version("v1")
                        .description("Outbound campaigns on a highly available cluster. Every server serves this API."
                                + " Errors are problem details (RFC 9457); lists are paged with cursors; requests that"
                                + " create take an Idempotency-Key.")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("the server that answers")))
                .components(new Components()
                        .addSecuritySchemes(
                                "basic",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }

    @Bean
    OpenApiCustomizer everyOperation() {
        return document -> {
            document.getComponents().addSchemas("Problem", problem());
            document.getPaths()
                    .values()
                    .forEach(path -> path.readOperations().stream()
                            .filter(operation -> operation.getOperationId() != null)
                            .forEach(OpenApiConfiguration::complete));
        };
    }

    @Bean
    ModelConverter recordModels() {
        return new RecordModels();
    }

    private static void complete(Operation operation) {
        operation.addParametersItem(new Parameter()
                .name("organisationId")
                .in("query")
                .required(false)
                .description("Which organisation it is about; for users who see all. Default 0. Also as header"
                        + " X-Organisation-Id.")
                .schema(typed("integer").format("int32")));
        // Where the answer is described by hand, springdoc adds an empty 200 beside it.
        boolean creates = operation.getResponses().containsKey("201")
                || operation.getResponses().containsKey("202");
        if (creates) {
            operation.getResponses().remove("200");
        }
        Content problem = new Content()
                .addMediaType(
                        "application/problem+json",
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("What went wrong, and what to do")
                                .content(problem));
    }

    private static Schema<?> problem() {
        Schema<?> error = typed("object");
        error.addProperty("field", typed("string").example("definition.call.maxCalls"));
        error.addProperty("message", typed("string").example("is missing"));
        Schema<?> errors = typed("array");
        errors.setItems(error);
        Schema<?> problem = typed("object").description("RFC 9457 problem details");
        problem.addProperty("type", typed("string").format("uri").example("urn:callisto:problem:invalid-request"));
        problem.addProperty("title", typed("string"));
        problem.addProperty("status", typed("integer").format("int32"));
        problem.addProperty("detail", typed("string"));
        problem.addProperty("instance", typed("string").format("uri-reference"));
        problem.addProperty("code", typed("string").example("invalid-request"));
        problem.addProperty("errors", errors);
        problem.setRequired(List.of("type", "title", "status", "detail", "code", "errors"));
        return problem;
    }

    private static Schema<?> typed(String type) {
        return new Schema<>().types(Set.of(type));
    }
}
