namespace Ledger.Api.Problems;

/// <summary>A refusal on the wire, RFC 9457: the code is for programs, the rest for people.</summary>
/// <param name="Code">Stable; the last segment of <see cref="Type"/>.</param>
/// <param name="Title">The same whenever this code is given.</param>
/// <param name="Detail">The facts of this occurrence.</param>
/// <param name="PaymentId">The payment that failed, where one did: it can be read.</param>
public sealed record Problem(
    int Status, string Code, string Title, string? Detail = null, IReadOnlyList<FieldProblem>? Errors = null,
    string? Instance = null, string? RequestId = null, Guid? PaymentId = null)
{
    public const string ContentType = "application/problem+json";

    public string Type => $"/docs/problems/{Code}";

    public static readonly Problem Unauthorized = new(
        401, "unauthorized", "A valid API key or access token is needed.", "Send it as 'Authorization: Bearer <key or token>'.");
    public static readonly Problem TokenExpired = new(
        401, "token_expired", "The access token's time is over.", "Get the next one, by POST /api/v1/auth/sessions/current/refresh or from where it was given.");
    public static readonly Problem Forbidden = new(403, "forbidden", "You do not have the right to do this.");
    /// <summary>Members of a body that a customer may not set.</summary>
    public static Problem MemberNotYours(IReadOnlyList<FieldProblem> members) => new(
        403, "member_not_yours", "Some members of the body are set by the tenant's staff alone.",
        $"Leave out {string.Join(", ", members.Select(one => one.Pointer))}.", members);

    /// <summary>One such member.</summary>
    public static FieldProblem NotYours(string pointer) => new(pointer, "member_not_yours", "It is set by the tenant's staff alone.");

    public static readonly Problem WrongCredentials = new(401, "wrong_credentials", "What you logged in with is wrong, was used, or is too old.");
    public static readonly Problem InvalidCode = new(401, "invalid_code", "The code is wrong, was used, or is too old.");
    public static readonly Problem SessionEnded = new(401, "session_ended", "The session has ended. Log in again.");
    public static readonly Problem CsrfTokenWrong = new(403, "csrf_token_wrong", "Send the token of GET /api/v1/auth/csrf-token in the header X-CSRF-Token.");
    public static readonly Problem AccountLocked = new(423, "account_locked", "After 5 wrong passwords the account is locked for 30 minutes.");
    public static readonly Problem TooManyRequests = new(429, "too_many_requests", "Too many requests. Please try again later.");
    public static readonly Problem NotFound = new(404, "not_found", "There is nothing here.");
    public static readonly Problem MethodNotAllowed = new(405, "method_not_allowed", "This cannot be done here.");
    public static readonly Problem BodyTooSlow = new(408, "body_too_slow", "The body came too slowly to be waited for.");
    public static readonly Problem UrlTooLong = new(414, "url_too_long", "The address is longer than 8 KB.");
    public static readonly Problem HeadersTooLarge = new(431, "headers_too_large", "The headers are more than 64, or larger than 16 KB.");
    public static readonly Problem BodyTooLarge = new(413, "body_too_large", "The body is larger than 1 MB.");
    public static readonly Problem UnsupportedMediaType = new(415, "unsupported_media_type", "The body is of a type that is not taken here.");
    public static readonly Problem VersionStale = new(412, "version_stale", "It has changed since you read it. Read it again.");
    public static readonly Problem TryAgain = new(409, "try_again", "Other requests were first. Nothing was done; try again.");
    public static readonly Problem KeyReused = new(422, "idempotency_key_reused", "This idempotency key was used with another request.");
    public static readonly Problem KeyPending = new(409, "idempotency_key_pending", "The first request with this idempotency key is still running.");

    public static readonly Problem KeyForgotten = new(
        409, "idempotency_answer_forgotten", "The request was done before, and its answer is no longer kept. Read what it made instead.");

    public static readonly Problem PositionAhead = new(
        400, "position_ahead", "The log has not come so far.", "Go on from a position that this ledger has given.");

    public static readonly Problem KeyRequired = new(400, "idempotency_key_required", "Send an Idempotency-Key header of 1 to 255 printable characters.");
    public static readonly Problem Unavailable = new(503, "unavailable", "The database does not answer. Try again with the same idempotency key.");
    public static readonly Problem TimedOut = new(503, "timed_out", "It took longer than a request may. Try again with the same idempotency key.");
    public static readonly Problem ViewsBehind = new(503, "views_behind", "The views have not reached the position you asked for. Try again.");

    public static readonly Problem PersonalDataClosed = new(
        503, "personal_data_closed", "What is personal here cannot be opened at the moment. Try again with the same idempotency key.");

    public static readonly Problem InvalidSignature = new(400, "invalid_signature", "Invalid signature");

    public static readonly Problem InvalidNotificationType = new(400, "invalid_notification_type", "Invalid notification type");

    public static readonly Problem Internal = new(500, "internal_error", "Something went wrong on our side.");

    /// <summary>A body that is not JSON, or not of the right shape.</summary>
    public static Problem Malformed(string detail, string? pointer = null) => new(
        400, "malformed_request", "The request cannot be read.", detail, pointer is null ? null : [new(pointer, "malformed", detail)]);

    public static Problem Invalid(IReadOnlyList<FieldProblem> errors) => new(
        400, "validation_failed", "Some fields are not valid.", string.Join(" ", errors.Select(one => $"{one.Pointer}: {one.Detail}")), errors);

    public static Problem Of(Rejection rejection) => new(
        rejection.Kind switch
        {
            RejectionKind.NotFound => 404,
            RejectionKind.Conflict => 409,
            RejectionKind.PaymentRequired => 402,
            RejectionKind.Forbidden => 403,
            _ => 422,
        }, rejection.Code, rejection.Title, rejection.Detail);
}

/// <param name="Pointer">JSON pointer into the body, or the name of a query parameter.</param>
public sealed record FieldProblem(string Pointer, string Code, string Detail);

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Title)
{
    public Problem Problem => problem;

    /// <summary>Seconds after which to try again; null when trying again does not help.</summary>
    public int? RetryAfter { get; init; }
}
