using Ledger.Domain.People;
using Ledger.Identity.Logins;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Ledger.Api.Tests.Identity;

/// <summary>Which passwords are taken, and how they are kept.</summary>
[Collection("app")]
public class PasswordRuleTests(SharedApp shared)
{
    [Theory]
    [InlineData("            "), InlineData("\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"), InlineData("aaaaaaaaaaaa"), InlineData("121212121212")]
    [InlineData("123456789012"), InlineData("098765432109"), InlineData("abcdefghijklm"), InlineData("passwordpassword"), InlineData("Password1234!")]
    [InlineData("P@ssw0rd2024"), InlineData("qwertyuiop12"), InlineData("iloveyou1234"), InlineData("administrator"), InlineData("WELCOME-2025!!")]
    public async Task What_everybody_tries_first_is_no_password(string password)
    {
        PasswordRules.Fault(password)!.Value.Code.ShouldBe("password_too_common");
        var tenant = await shared.App.NewTenant();
        (await tenant.Admin.Post("/users", new { email = $"{Guid.NewGuid():N}@example.org", password })).Refuses(400, "validation_failed").Text.ShouldContain("/password");
    }

    [Theory]
    [InlineData("S3cret-pass!"), InlineData("correct horse battery"), InlineData("739284610582"), InlineData("long enough to be hard"), InlineData("Nú er frost á Fróni")]
    public void Others_are(string password) => PasswordRules.Fault(password).ShouldBeNull();

    [Theory]
    [InlineData(11), InlineData(201)]
    public void Their_length_is_bounded(int length) =>
        PasswordRules.Fault(string.Concat(Enumerable.Range(0, length).Select(n => (char)('a' + n * 7 % 26)))!)!.Value.Code.ShouldBe("password_length");

    [Fact]
    public async Task A_hash_of_fewer_rounds_is_made_anew_at_the_next_login()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var user = (await tenant.Admin.Get("/users")).Json["data"]![0]!;
        var (id, email) = (Guid.Parse(user["id"]!.GetValue<string>()), user["email"]!.GetValue<string>());
        RoundsOf(await Hash(id)).ShouldBe(210_000);
        var old = new PasswordHasher<Login>().HashPassword(new(), LedgerApp.Password);
        RoundsOf(old).ShouldBe(100_000);
        await using (var source = NpgsqlDataSource.Create(shared.App.ConnectionString))
        await using (var change = source.CreateCommand("update identity.logins set password_hash = $1 where subject_id = $2"))
        {
            _ = change.Parameters.Add(new() { Value = old });
            _ = change.Parameters.Add(new() { Value = id });
            (await change.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        using var again = shared.App.Browse(tenant);
        _ = (await again.LogIn(new { grant = "password", email, password = "not the right one" })).Refuses(401, "wrong_credentials");
        RoundsOf(await Hash(id)).ShouldBe(100_000);
        _ = (await again.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
        RoundsOf(await Hash(id)).ShouldBe(210_000);
        _ = (await again.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
    }

    private async Task<string> Hash(Guid subject)
    {
        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        await using var read = source.CreateCommand("select password_hash from identity.logins where subject_id = $1");
        _ = read.Parameters.Add(new() { Value = subject });
        return (string)(await read.ExecuteScalarAsync())!;
    }

    /// <summary>As ASP.NET Core Identity writes it: a byte of version, four of the function, four of the rounds.</summary>
    private static int RoundsOf(string hash)
    {
        var bytes = Convert.FromBase64String(hash);
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1)).ShouldBe(2);   // HMAC-SHA-512.
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(5));
    }
}
