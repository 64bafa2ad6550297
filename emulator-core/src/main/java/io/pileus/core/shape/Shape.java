package io.pileus.core.shape;

/** A value of an AWS API (an input, an output, a structure, a union or an error) that knows its schema and writes itself. */
public interface Shape {

    /** The schema: names per protocol, bindings and constraints of the members. */
    Schema schema();

    /** Writes the members that are present, in the model's order. */
    void write(ShapeWriter writer);
}
