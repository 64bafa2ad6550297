package io.pileus.junit5;

/** When the state of a test class's account is forgotten. */
public enum Reset {
    /** Before each test, and before its {@code @BeforeEach} methods; what {@code @BeforeAll} made is forgotten too. */
    BEFORE_EACH,
    /** Before the {@code @BeforeAll} methods of each class, a nested one included. */
    BEFORE_ALL,
    /** Only when the test asks for it. */
    NEVER
}
