package io.callisto.domain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test or a drill as proof of requirements. {@code docs/requirements.md} is generated from these marks and the
 * build fails on an id that the catalogue does not know.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Requirement {
    /** Ids such as {@code "CD-2"}; at least one. */
    String[] value();
}
