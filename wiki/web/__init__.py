"""Flask glue: session per request, sign-in, CSRF, errors, assets, headers, languages."""
