package org.nestor.rule;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the place that decides a rule of the catalogue or, on a test, the place that pins it. One place may carry
 * several rules, and one rule may have several places.
 */
@Documented
@Repeatable(Rules.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface Rule {

    /** The id of the rule, in the syntax of {@link RuleId}, for example {@code A-STE-12}. */
    String value();
}
