package io.callisto.agents.protocol;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a field of the protocol means, and what it may hold. Schemas, tables and the reader are made of it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Described {
    /** A sentence for people. */
    String value();

    /** Fewest characters of a text, and of each text of a list or map. */
    int min() default 1;

    /** Most characters of a text, and of each text of a list or map. */
    int max() default 256;

    /** Fewest elements of a list or map; one that may be empty may also be left out. */
    int minItems() default 0;

    /** Most elements of a list or map. */
    int maxItems() default 1000;

    /** What a text must match as a whole; empty for anything. */
    String pattern() default "";

    /** For a primitive: may be left out and is false or 0 then. Other fields say it by {@code @Nullable}. */
    boolean optional() default false;

    /** Words that today's servers use in a text that later ones may add to. */
    Class<? extends Enum<?>>[] words() default {};
}
