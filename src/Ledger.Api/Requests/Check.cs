using Ledger.Domain.Amounts;
using Ledger.Gateways.Entered;

namespace Ledger.Api.Requests;

/// <summary>Gathers everything that is wrong with a request's fields, to be told all at once.</summary>
public sealed class Check
{
    private const long PriceMax = 1_000_000_000_000;

    private readonly List<FieldProblem> problems = [];

    public static Check That(bool holds, string pointer, string code, string detail) => new Check().And(holds, pointer, code, detail);

    public Check And(bool holds, string pointer, string code, string detail)
    {
        if (!holds) problems.Add(new(pointer, code, detail));
        return this;
    }

    /// <summary>A text, if it is there, is neither blank nor longer than this.</summary>
    public Check Text(string? value, string pointer, int lengthMax) => value is null ? this
        : And(value.Length <= lengthMax && !string.IsNullOrWhiteSpace(value), pointer, "text_length", $"From 1 to {lengthMax} characters.");

    /// <summary>A password that may be set.</summary>
    public Check Password(string value, string pointer) =>
        Ledger.Identity.Logins.PasswordRules.Fault(value) is var (code, detail) ? And(false, pointer, code, detail) : this;

    public Check Metadata(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null) return this;
        return And(metadata.Count <= Domain.Metadata.KeysMax, "/metadata", "too_many_keys", $"At most {Domain.Metadata.KeysMax} keys.")
            .And(metadata.All(pair => pair.Key.Length is > 0 and <= Domain.Metadata.KeyLengthMax && pair.Value?.Length <= Domain.Metadata.ValueLengthMax),
                "/metadata", "too_long", $"Keys of 1 to {Domain.Metadata.KeyLengthMax}, values of at most {Domain.Metadata.ValueLengthMax} characters.");
    }

    /// <summary>A price, if it is there, is one that can be paid.</summary>
    public Check Price(Money? value, string pointer) => And(
        value is null or { Amount: >= 1 and <= PriceMax }, $"{pointer}/amount", "out_of_range", "From 1 to 1,000,000,000,000 minor units.");

    /// <summary>An e-mail address, if it is there, is one that mail can be sent to.</summary>
    public Check Email(string? value, string pointer) => And(value is null || EmailAddress.IsValid(value), pointer, "not_an_email", EmailAddress.Reason);

    /// <summary>A day that a customer says is today or within a year; staff go further.</summary>
    public Check DayOfCustomer(Call call, LocalDate? day, string pointer) => And(
        day is null || call.Caller.Role is not CallerRole.Customer || (day >= call.Today && day <= call.Today.PlusYears(1)),
        pointer, "out_of_range", "From today to a year from today.");

    public Check ExternalId(string? value) => Text(value, "/external_id", Domain.Metadata.ExternalIdLengthMax);

    /// <exception cref="ProblemException">Something is wrong.</exception>
    public void OrRefuse()
    {
        if (problems.Count > 0) throw new ProblemException(Problem.Invalid(problems));
    }
}
