package org.nestor.properties.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks tests and properties of the Java that have the names of a module's asserts. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PairedWith {

    /** Name of the module. */
    String value();

    /** Whether the class makes a test, under its name, of every assert that is about a state or a step. */
    boolean eachStep() default false;
}
