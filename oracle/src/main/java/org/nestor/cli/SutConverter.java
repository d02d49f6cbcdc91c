package org.nestor.cli;

import org.nestor.oracle.sut.SutSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what is to be tested. */
final class SutConverter implements ITypeConverter<SutSpec> {
    @Override
    public SutSpec convert(String text) {
        try {
            return SutSpec.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
