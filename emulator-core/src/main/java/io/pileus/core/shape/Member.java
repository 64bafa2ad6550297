package io.pileus.core.shape;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of a structure, or the element of a list, or the key or value of a map: its kind, its names per protocol,
 * where HTTP carries it, and the constraints of the model. Set up once by generated code, then read only.
 */
public final class Member {

    /** What kind of value a member holds. */
    public enum Kind {
        STRING,
        ENUM,
        BOOLEAN,
        BYTE,
        SHORT,
        INTEGER,
        LONG,
        INT_ENUM,
        FLOAT,
        DOUBLE,
        BIG_INTEGER,
        BIG_DECIMAL,
        TIMESTAMP,
        BLOB,
        DOCUMENT,
        LIST,
        MAP,
        STRUCTURE,
        UNION,
        /** A blob of any size, streamed. */
        PAYLOAD,
        EVENT_STREAM
    }

    /** Which part of an HTTP message, or of an event of an event stream, carries a member. */
    public enum Location {
        BODY,
        HEADER,
        PREFIX_HEADERS,
        QUERY,
        QUERY_PARAMS,
        LABEL,
        PAYLOAD,
        RESPONSE_CODE,
        EVENT_HEADER,
        EVENT_PAYLOAD
    }

    /** How a timestamp is written; UNSPECIFIED leaves it to the protocol. */
    public enum TimestampFormat {
        UNSPECIFIED,
        DATE_TIME,
        HTTP_DATE,
        EPOCH_SECONDS
    }

    private final String name;
    private final Kind kind;
    private int index = -1;
    private final SerializedString spelledName;
    private SerializedString spelledJsonName;
    private String jsonName;
    private String xmlName;
    private boolean xmlFlattened;
    private boolean xmlAttribute;
    private @Nullable XmlNamespace xmlNamespace;
    private Location location = Location.BODY;
    private String httpName = "";
    private TimestampFormat timestampFormat = TimestampFormat.UNSPECIFIED;
    private @Nullable String mediaType;
    private boolean sparse;
    private boolean required;
    private boolean sensitive;
    private boolean idempotencyToken;
    private boolean uniqueItems;
    private boolean hostLabel;
    private @Nullable Constraints constraints;
    private @Nullable Member element;
    private @Nullable Member key;

    private Member(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
        this.spelledName = new SerializedString(name);
        this.spelledJsonName = spelledName;
        this.jsonName = name;
        this.xmlName = name;
    }

    public static Member of(String name, Kind kind) {
        return new Member(name, kind);
    }

    /** A list member; the element's name is {@code member} unless the model gives it another. */
    public static Member list(String name, Member element) {
        Member member = new Member(name, Kind.LIST);
        member.element = element;
        return member;
    }

    public static Member map(String name, Member key, Member value) {
        Member member = new Member(name, Kind.MAP);
        member.key = key;
        member.element = value;
        return member;
    }

    // ---- set up by generated code -------------------------------------------------------------------------------

    public Member jsonName(String value) {
        this.jsonName = value;
        this.spelledJsonName = new SerializedString(value);
        return this;
    }

    public Member xmlName(String value) {
        this.xmlName = value;
        return this;
    }

    public Member flattened() {
        this.xmlFlattened = true;
        return this;
    }

    public Member attribute() {
        this.xmlAttribute = true;
        return this;
    }

    public Member xmlNamespace(String uri, String prefix) {
        this.xmlNamespace = new XmlNamespace(uri, prefix);
        return this;
    }

    public Member at(Location where, String httpNameOrPrefix) {
        this.location = where;
        this.httpName = httpNameOrPrefix;
        return this;
    }

    public Member timestamp(TimestampFormat format) {
        this.timestampFormat = format;
        return this;
    }

    public Member mediaType(String value) {
        this.mediaType = value;
        return this;
    }

    /** A list or map that may hold nulls. */
    public Member asSparse() {
        this.sparse = true;
        return this;
    }

    public Member asRequired() {
        this.required = true;
        return this;
    }

    public Member asSensitive() {
        this.sensitive = true;
        return this;
    }

    public Member asIdempotencyToken() {
        this.idempotencyToken = true;
        return this;
    }

    public Member asUniqueItems() {
        this.uniqueItems = true;
        return this;
    }

    public Member asHostLabel() {
        this.hostLabel = true;
        return this;
    }

    public Member constrained(Constraints value) {
        this.constraints = value;
        return this;
    }

    void placeAt(int value) {
        this.index = value;
    }

    // ---- read by protocols and the validation -------------------------------------------------------------------

    /** The name in the model; {@code member}, {@code key} or {@code value} for the parts of a collection. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The place among the members of the schema; -1 for the parts of a collection. */
    public int index() {
        return index;
    }

    public String jsonName() {
        return jsonName;
    }

    /** The {@link #name} as JSON and CBOR write it: its bytes are made once. */
    public SerializableString spelledName() {
        return spelledName;
    }

    /** The {@link #jsonName} as JSON and CBOR write it. */
    public SerializableString spelledJsonName() {
        return spelledJsonName;
    }

    /** The name in XML and in Query forms, its prefix included. */
    public String xmlName() {
        return xmlName;
    }

    public boolean xmlFlattened() {
        return xmlFlattened;
    }

    public boolean xmlAttribute() {
        return xmlAttribute;
    }

    public @Nullable XmlNamespace xmlNamespace() {
        return xmlNamespace;
    }

    public Location location() {
        return location;
    }

    /** The header, header prefix or query parameter that carries the member. */
    public String httpName() {
        return httpName;
    }

    public TimestampFormat timestampFormat() {
        return timestampFormat;
    }

    public @Nullable String mediaType() {
        return mediaType;
    }

    public boolean sparse() {
        return sparse;
    }

    public boolean required() {
        return required;
    }

    public boolean sensitive() {
        return sensitive;
    }

    public boolean idempotencyToken() {
        return idempotencyToken;
    }

    public boolean uniqueItems() {
        return uniqueItems;
    }

    public boolean hostLabel() {
        return hostLabel;
    }

    public @Nullable Constraints constraints() {
        return constraints;
    }

    /** The element of a list, or the value of a map. */
    public Member element() {
        if (element == null) {
            throw new IllegalStateException(name + " is no collection");
        }
        return element;
    }

    /** The key of a map. */
    public Member key() {
        if (key == null) {
            throw new IllegalStateException(name + " is no map");
        }
        return key;
    }

    @Override
    public String toString() {
        return name + ": " + kind + (element == null ? "" : List.of(element).toString());
    }
}
