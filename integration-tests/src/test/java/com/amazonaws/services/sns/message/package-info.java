/** What a test of signatures needs from within the SDK's package. */
package com.amazonaws.services.sns.message;
