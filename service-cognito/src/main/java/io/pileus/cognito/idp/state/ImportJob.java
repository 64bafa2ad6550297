package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.model.UserImportJobType;
import java.util.Optional;

/** A user import job and the CSV file that was uploaded for it. */
public record ImportJob(UserImportJobType type, Optional<String> csv) {}
