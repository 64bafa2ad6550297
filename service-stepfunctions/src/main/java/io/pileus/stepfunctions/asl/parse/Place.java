package io.pileus.stepfunctions.asl.parse;

/**
 * A place in a definition.
 *
 * @param path such as {@code /States/Check/Choices[0]}
 * @param stateStart how much of the path names the state; what comes after it is how run-time errors name the field
 */
record Place(String path, int stateStart) {
    static final Place ROOT = new Place("", 0);

    Place field(String name) {
        return new Place(path + "/" + name, stateStart);
    }

    Place index(int index) {
        return new Place(path + "[" + index + "]", stateStart);
    }

    /** The same place as the beginning of a state. */
    Place asState() {
        return new Place(path, path.length());
    }

    /** The place seen from its state, such as {@code Output/total}. */
    String inState() {
        return path.length() > stateStart ? path.substring(stateStart + 1) : "";
    }
}
