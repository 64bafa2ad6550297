package io.pileus.core.shape;

/** An XML namespace declaration; the prefix is empty for the default namespace. */
public record XmlNamespace(String uri, String prefix) {}
