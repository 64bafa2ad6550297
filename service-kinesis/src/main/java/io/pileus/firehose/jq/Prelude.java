package io.pileus.firehose.jq;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of the language that are written in the language itself. */
final class Prelude {
    private static final String WRITTEN_IN_JQ = """
            def map(f): [.[] | f];
            def select(f): if f then . else empty end;
            def values: select(. != null);
            def nulls: select(. == null);
            def booleans: select(type == "boolean");
            def numbers: select(type == "number");
            def strings: select(type == "string");
            def arrays: select(type == "array");
            def objects: select(type == "object");
            def iterables: select(type == "array" or type == "object");
            def scalars: select(type != "array" and type != "object");
            def to_entries: [keys_unsorted[] as $name | {key: $name, value: .[$name]}];
            def entry_value: if has("value") then .value elif has("v") then .v else .Value end;
            def entry_key: if type != "object" then .
                elif has("key") then .key elif has("k") then .k elif has("name") then .name
                elif has("Name") then .Name elif has("Key") then .Key else .K end
                | if type == "string" then . else tojson end;
            def from_entries: reduce .[] as $entry ({}; . + {($entry | entry_key): ($entry | entry_value)});
            def with_entries(f): to_entries | map(f) | from_entries;
            def recurse(f): def next: ., (f | next); next;
            def recurse(f; condition): def next: ., (f | select(condition) | next); next;
            def recurse: ..;
            def while(condition; update): def next: if condition then ., (update | next) else empty end; next;
            def until(condition; update): def next: if condition then . else update | next end; next;
            def repeat(f): def next: ., (f | next); next;
            def in(container): . as $key | container | has($key);
            def inside(container): . as $part | container | contains($part);
            def add: reduce .[] as $each (null; . + $each);
            def any(generator; condition): isempty(first(generator | condition | select(.))) | not;
            def all(generator; condition): isempty(first(generator | condition | select(. | not)));
            def any(f): any(.[]; f);
            def all(f): all(.[]; f);
            def any: any(.);
            def all: all(.);
            def first: .[0];
            def last: .[-1];
            def last(f): reduce f as $each (null; $each);
            def nth($n): .[$n];
            def nth($n; f): if $n < 0 then error("Out of bounds negative array index") else last(limit($n + 1; f)) end;
            def join($separator): reduce .[] as $each (null;
                (if . == null then "" else . + $separator end)
                + ($each | if . == null then "" elif type == "boolean" or type == "number" then tojson else . end))
                | if . == null then "" else . end;
            def flatten: flatten(1000);
            def range($to): range(0; $to; 1);
            def range($from; $to): range($from; $to; 1);
            def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
            def todateiso8601: todate;
            def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
            def fromdate: fromdateiso8601;
            def match($regex): match($regex; null);
            def test($regex): test($regex; null);
            def capture($regex; $flags): match($regex; $flags)
                | [.captures[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
            def capture($regex): capture($regex; null);
            def scan($regex): match($regex; "g")
                | if (.captures | length) > 0 then [.captures[].string] else .string end;
            def splits($regex; $flags): split($regex; $flags) | .[];
            def splits($regex): splits($regex; null);
            def sub($regex; replacement): sub($regex; replacement; "");
            def gsub($regex; replacement; $flags): sub($regex; replacement; $flags + "g");
            def gsub($regex; replacement): sub($regex; replacement; "g");
            def paths(f): . as $root | paths | select(. as $path | $root | getpath($path) | f);
            def leaf_paths: paths(scalars);
            def del(f): delpaths([path(f)]);
            def _set(places; $value): reduce path(places) as $place (.; setpath($place; $value));
            def _update(places; f): reduce path(places) as $place (.;
                [getpath($place) | first(f)] as $new
                | if ($new | length) > 0 then setpath($place; $new[0]) else delpaths([$place]) end);
            def map_values(f): .[] |= f;
            def walk(f): if type == "object" then with_entries(.value |= walk(f))
                elif type == "array" then map(walk(f)) else . end | f;
            def transpose: (map(length) | max // 0) as $width | . as $rows
                | [range($width) as $column | [$rows[] | .[$column]]];
            def combinations: if length == 0 then [] else .[0][] as $head | .[1:] | [$head] + combinations end;
            def combinations($n): . as $each | [range($n) | $each] | combinations;
            def tostream: path(def inward: (.[]? | inward), .; inward) as $place | getpath($place)
                | reduce path(.[]?) as $last ([$place, .]; [$place + $last]);
            def finites: select(type == "number" and (isinfinite or isnan | not));
            def normals: select(type == "number" and isnormal);
            def recurse_down: recurse;
            def scalars_or_empty: scalars;
            def localtime: gmtime;
            def strflocaltime($format): strftime($format);
            def fromstream(events): foreach events as $event (null;
                if . == null or .whole then {value: null, whole: false} else . end
                | if ($event | length) == 2
                    then .whole = ($event[0] == []) | setpath(["value"] + $event[0]; $event[1])
                    else .whole = (($event[0] | length) == 1) end;
                if .whole then .value else empty end);
            def truncate_stream(events): . as $depth | null | events
                | select((.[0] | length) > $depth) | .[0] |= .[$depth:];
            def bsearch($wanted): . as $sorted | {low: 0, high: length}
                | until(.low >= .high; ((.low + .high) / 2 | floor) as $middle
                    | if $sorted[$middle] < $wanted then .low = $middle + 1 else .high = $middle end)
                | .low | if . < ($sorted | length) and $sorted[.] == $wanted then . else -1 - . end;
            def IN(generator): any(. == generator; .);
            def IN(source; generator): any(source == generator; .);
            def INDEX(stream; key): reduce stream as $row ({}; .[$row | key | tostring] = $row);
            def INDEX(key): INDEX(.[]; key);
            def JOIN($index; stream; key; join): stream | [., $index[key]] | join;
            def JOIN($index; stream; key): JOIN($index; stream; key; .);
            def JOIN($index; key): [JOIN($index; .[]; key)];
            """;

    private static final Map<String, Expression.Function> WRITTEN = written();

    private Prelude() {}

    private static Map<String, Expression.Function> written() {
        Map<String, Expression.Function> written = new HashMap<>();
        Parser.definitions(
                WRITTEN_IN_JQ,
                signature -> Builtins.isDefined(signature) || written.containsKey(signature),
                function -> written.put(function.signature(), function));
        return written;
    }

    /** Whether there is such a function, here or among those that need the host. */
    static boolean isDefined(String signature) {
        return WRITTEN.containsKey(signature) || Builtins.isDefined(signature);
    }

    static Expression.@Nullable Function function(String signature) {
        return WRITTEN.get(signature);
    }
}
