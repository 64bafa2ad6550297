package io.pileus.cognito.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.InvalidParameterException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFilterTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`given_name = \"Jon\"`,given_name,false,Jon",
                "`family_name ^= \"Red\"`,family_name,true,Red",
                "`cognito:user_status=\"CONFIRMED\"`,cognito:user_status,false,CONFIRMED",
                "`  email   ^=\"a@\"  `,email,true,a@",
                "`name = \"say \\\"hi\\\"\"`,name,false,say \"hi\"",
                "`sub=\"\"`,sub,false,"
            })
    void aFilterIsAnAttributeAComparisonAndAQuotedValue(String text, String attribute, boolean prefix, String value) {
        assertThat(UserFilter.parse(text)).contains(new UserFilter(attribute, prefix, value == null ? "" : value));
    }

    @Test
    void anEmptyFilterAcceptsAll() {
        assertThat(UserFilter.parse("")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "email =",
                "email = a",
                "email = \"a",
                "email = \"a\" and",
                "= \"a\"",
                "email != \"a\"",
                "custom:x = \"a\"",
                "email = \"a\\"
            })
    void whatIsNoFilterIsRefused(String text) {
        assertThatThrownBy(() -> UserFilter.parse(text)).isInstanceOf(InvalidParameterException.class);
    }
}
