using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Tenancy.ApiKey, Ledger.Domain.Tenancy.ApiKeyEvent>;

namespace Ledger.Domain.Tests.Tenancy;

public class ApiKeyTests
{
    private static readonly ApiKeyId Id = ApiKeyId.From(Number(50));
    private static readonly IssueApiKey Wish = new(Id, Bakery, "shop", "lk_live_ab", "f00d", ApiKeyRole.Staff);
    private static readonly ApiKeyIssued Issued = new(Id, Bakery, "shop", "lk_live_ab", "f00d", ApiKeyRole.Staff);

    [Fact]
    public void A_key_is_found_by_its_hash() => Given().When(Wish).Then(Issued).Claiming("api_key f00d");

    [Fact]
    public void Issuing_again_changes_nothing()
    {
        Given(Issued).When(Wish).ThenNothing();
        Given(Issued, new ApiKeyRevoked(Id)).When(Wish).ThenNothing();
    }

    [Fact]
    public void A_key_that_was_given_out_before_is_refused() => JointScenario.Given().After(Wish)
        .When(Wish with { Id = ApiKeyId.From(Number(51)) }).ThenRejected(ApiKeyRejections.Taken);

    [Fact]
    public void A_revoked_key_opens_nothing() =>
        Given(Issued).When(new RevokeApiKey(Id)).Then(new ApiKeyRevoked(Id)).State.ShouldBeOfType<ApiKey.Revoked>();

    [Fact]
    public void Revoking_again_changes_nothing() => Given(Issued, new ApiKeyRevoked(Id)).When(new RevokeApiKey(Id)).ThenNothing();

    [Fact]
    public void Revoking_a_key_that_is_not_there_is_refused() =>
        Given().When(new RevokeApiKey(Id)).ThenRejected(ApiKeyRejections.NotFound);

    [Fact]
    public void A_key_in_place_of_another_has_the_same_rights_the_same_end_and_whoever_gives_it_out()
    {
        var (end, now, by) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2025, 12, 1, 0, 0), UserId.From(Number(60)));
        var (next, last) = (ApiKeyId.From(Number(52)), ApiKeyId.From(Number(53)));
        var scenario = JointScenario.Given().After(Wish with { Scopes = ["customers:read"], ExpiresAt = end })
            .After(new RotateApiKey(Id, next, "lk_live_cd", "beef", now + Duration.FromHours(1), now, by));
        var rotated = new RotateApiKey(next, last, "lk_live_ef", "cafe", now + Duration.FromHours(1), now);
        scenario.When(rotated).Then(
            new ApiKeyIssued(last, Bakery, "shop", "lk_live_ef", "cafe", ApiKeyRole.Staff, ["customers:read"], end, by),
            new ApiKeyReplaced(next, last, now + Duration.FromHours(1)));
    }
}
