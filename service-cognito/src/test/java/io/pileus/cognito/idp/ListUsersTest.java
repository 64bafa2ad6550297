package io.pileus.cognito.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.*;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ListUsersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Cognito cognito = Cognito.fresh();
    private final String pool = cognito.pool();

    private void add(String name, String email, String familyName, boolean enabled) {
        User.Draft draft = new User.Draft(name, "sub-" + name, NOW);
        draft.attributes.put("email", email);
        draft.attributes.put("family_name", familyName);
        draft.enabled = enabled;
        draft.status = enabled ? UserStatusType.CONFIRMED : UserStatusType.UNCONFIRMED;
        users().add(draft);
    }

    private io.pileus.cognito.idp.state.Users users() {
        return cognito.service.realm().pools().withId(pool).orElseThrow().users();
    }

    /** All names that the filter finds, page by page. */
    private List<String> find(String filter, int limit) {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            ListUsersResponse page = cognito.service.listUsers(
                    ListUsersRequest.builder()
                            .userPoolId(pool)
                            .filter(filter)
                            .limit(limit)
                            .paginationToken(token)
                            .build(),
                    cognito.call());
            assertThat(page.users()).hasSizeLessThanOrEqualTo(limit);
            page.users().forEach(user -> names.add(user.username()));
            token = page.paginationToken();
        } while (token != null);
        return names;
    }

    @Test
    void everySearchableAttributeIsFoundByValueAndByBeginning() {
        add("ada", "ada@example.com", "Lovelace", true);
        add("alan", "alan@example.com", "Turing", true);
        add("grace", "grace@navy.mil", "Hopper", false);
        assertThat(find("email ^= \"a\"", 60)).containsExactly("ada", "alan");
        assertThat(find("email = \"grace@navy.mil\"", 60)).containsExactly("grace");
        assertThat(find("family_name ^= \"Tu\"", 60)).containsExactly("alan");
        assertThat(find("family_name = \"Tu\"", 60)).isEmpty();
        assertThat(find("username ^= \"a\"", 60)).containsExactly("ada", "alan");
        assertThat(find("username = \"ada\"", 60)).containsExactly("ada");
        assertThat(find("sub ^= \"sub-a\"", 60)).containsExactly("ada", "alan");
        assertThat(find("sub = \"sub-grace\"", 60)).containsExactly("grace");
        assertThat(find("status = \"Disabled\"", 60)).containsExactly("grace");
        assertThat(find("status = \"disabled\"", 60)).isEmpty();
        assertThat(find("cognito:user_status = \"confirmed\"", 60)).containsExactly("ada", "alan");
        assertThat(find("cognito:user_status ^= \"UNC\"", 60)).containsExactly("grace");
        assertThat(find("name = \"nobody\"", 60)).isEmpty();
    }

    @Test
    void aSearchFollowsWhatAUserBecomes() {
        add("ada", "ada@example.com", "Byron", true);
        assertThat(find("family_name ^= \"B\"", 60)).containsExactly("ada");
        assertThat(find("status = \"Enabled\"", 60)).containsExactly("ada");
        users().update("ada", NOW, draft -> {
            draft.attributes.put("family_name", "Lovelace");
            draft.enabled = false;
        });
        assertThat(find("family_name = \"Byron\"", 60)).isEmpty();
        assertThat(find("family_name = \"Lovelace\"", 60)).containsExactly("ada");
        assertThat(find("status = \"Enabled\"", 60)).isEmpty();
        users().remove("ada");
        assertThat(find("status = \"Disabled\"", 60)).isEmpty();
        assertThat(users().size()).isZero();
    }

    @Test
    void usersWhoShareAnAddressAreFoundPageByPage() {
        for (int i = 0; i < 5; i++) {
            add("user" + i, "shared@example.com", "Smith", true);
        }
        users().remove("user3");
        assertThat(find("email = \"shared@example.com\"", 2)).containsExactly("user0", "user1", "user2", "user4");
        assertThat(find("", 2)).containsExactly("user0", "user1", "user2", "user4");
    }

    @Test
    void aTokenOfAnotherSearchIsRefused() {
        add("ada", "a1@example.com", "Lovelace", true);
        add("alan", "a2@example.com", "Turing", true);
        String token = cognito.service
                .listUsers(
                        ListUsersRequest.builder()
                                .userPoolId(pool)
                                .filter("email ^= \"a\"")
                                .limit(1)
                                .build(),
                        cognito.call())
                .paginationToken();
        assertThatThrownBy(() -> cognito.service.listUsers(
                        ListUsersRequest.builder()
                                .userPoolId(pool)
                                .filter("email ^= \"b\"")
                                .paginationToken(token)
                                .build(),
                        cognito.call()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Invalid pagination token.");
    }

    @Test
    void aGroupIsPagedThroughWholeAndInOrder() {
        cognito.service.createGroup(
                CreateGroupRequest.builder().userPoolId(pool).groupName("all").build(), cognito.call());
        for (int i = 0; i < 7; i++) {
            add("user" + i, i + "@example.com", "Smith", true);
            cognito.service.adminAddUserToGroup(
                    AdminAddUserToGroupRequest.builder()
                            .userPoolId(pool)
                            .groupName("all")
                            .username("user" + i)
                            .build(),
                    cognito.call());
        }
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            ListUsersInGroupResponse page = cognito.service.listUsersInGroup(
                    ListUsersInGroupRequest.builder()
                            .userPoolId(pool)
                            .groupName("all")
                            .limit(3)
                            .nextToken(token)
                            .build(),
                    cognito.call());
            page.users().forEach(user -> names.add(user.username()));
            token = page.nextToken();
        } while (token != null);
        assertThat(names).containsExactly("user0", "user1", "user2", "user3", "user4", "user5", "user6");
    }

    @Property(tries = 100)
    void pagesOfAnyDepthFindWhatLookingAtEveryUserFinds(
            @ForAll List<@From("values") String> values,
            @ForAll("values") String wanted,
            @ForAll boolean prefix,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        new ListUsersTest().check(values, wanted, prefix, limit);
    }

    private void check(List<String> values, String wanted, boolean prefix, int limit) {
        for (int i = 0; i < values.size(); i++) {
            add("u" + i, "x@example.com", values.get(i), true);
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (prefix ? values.get(i).startsWith(wanted) : values.get(i).equals(wanted)) {
                expected.add("u" + i);
            }
        }
        assertThat(find("family_name " + (prefix ? "^=" : "=") + " \"" + wanted + "\"", limit))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().withChars("aAbé").ofMinLength(1).ofMaxLength(3);
    }
}
