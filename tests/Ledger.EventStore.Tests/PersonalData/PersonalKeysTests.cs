using System.Security.Cryptography;
using Ledger.EventStore.Idempotency;
using Ledger.EventStore.PersonalData;

namespace Ledger.EventStore.Tests.PersonalData;

public sealed class PersonalKeysTests : IAsyncLifetime
{
    private readonly Guid person = Guid.CreateVersion7();
    private StoreFixture store = null!;
    private SubjectKey key = null!;

    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        (key, var change) = store.Keys.New(person);
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant)
        {
            Keys = [change],
            Words = [new(person, [key.Token("name", "Guðrún"), key.Token("name", "Jónsdóttir")])],
        });
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task What_was_sealed_is_opened_by_whoever_has_the_key()
    {
        var personal = key.Seal("Guðrún Jónsdóttir");
        personal.ToString().ShouldNotContain(personal.Sealed);
        await using var other = store.AnotherProcess();
        (await other.Keys.Find(StoreFixture.Tenant, person, CancellationToken.None))!.Open(personal).ShouldBe("Guðrún Jónsdóttir");
    }

    [Fact]
    public void The_same_value_gives_the_same_text_for_one_person_and_another_for_the_next()
    {
        var (other, _) = store.Keys.New(Guid.CreateVersion7());
        key.Seal("Guðrún").ShouldBe(key.Seal("Guðrún"));
        key.Seal("Guðrún").ShouldNotBe(key.Seal("Guðrun"));
        key.Seal("Guðrún").ShouldNotBe(other.Seal("Guðrún"));
    }

    [Fact]
    public void What_was_altered_or_sealed_by_another_is_refused()
    {
        var bytes = key.SealBytes([1, 2, 3]);
        bytes[^1] ^= 1;
        _ = Should.Throw<CryptographicException>(() => key.OpenBytes(bytes));
        _ = Should.Throw<CryptographicException>(() => store.Keys.New(person).Key.OpenBytes(key.SealBytes([1])));
        _ = Should.Throw<CryptographicException>(() => key.OpenBytes([1, 2]));
    }

    [Fact]
    public void A_word_is_found_whatever_its_case()
    {
        key.Token("name", " GUÐRÚN ").ShouldBe(key.Token("name", "guðrún"));
        key.Token("name", "x").ShouldNotBe(key.Token("email", "x"));
    }

    [Fact]
    public async Task A_person_erased_cannot_be_read_found_or_answered_about_any_more()
    {
        var personal = key.Seal("Guðrún");
        var id = Guid.CreateVersion7();
        var asked = StoreFixture.Asked("k");
        asked = asked with { Request = asked.Request! with { Subject = person } };
        _ = await store.Handle(new OpenCounter(id), asked, _ => new(201, "Guðrún"u8.ToArray()));

        await Erase();

        (await store.Keys.Find(StoreFixture.Tenant, person, CancellationToken.None)).ShouldBeNull();
        (await store.Keys.FindMany(StoreFixture.Tenant, [person, PersonalKeys.OfTenant], CancellationToken.None)).Keys.ShouldBe([PersonalKeys.OfTenant]);
        (await store.Count("select count(*) from ledger.personal_index")).ShouldBe(0);
        (await store.Count("select count(*) from ledger.personal_keys where subject_id = $1 and wrapped is null and destroyed_at is not null", person)).ShouldBe(1);
        (await store.Requests.Find(asked.Request, CancellationToken.None)).ShouldBe(new(KnownRequestKind.AnswerForgotten, id, null));
        (await store.Count("select count(*) from ledger.idempotency where subject_id = $1 and octet_length(request_hash) = 0", person)).ShouldBe(1);
        _ = Should.Throw<CryptographicException>(() => store.Keys.New(person).Key.Open(personal));
    }

    [Fact]
    public async Task Erasing_again_changes_nothing()
    {
        await Erase();
        var destroyed = await store.Sql("select destroyed_at from ledger.personal_keys where subject_id = $1", person);
        await Erase();
        (await store.Sql("select destroyed_at from ledger.personal_keys where subject_id = $1", person)).ShouldBe(destroyed);
    }

    [Fact]
    public async Task Another_tenant_does_not_find_the_key()
    {
        (await store.Keys.Find(StoreFixture.OtherTenant, person, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_words_of_a_person_are_replaced_as_a_whole()
    {
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Words = [new(person, [key.Token("name", "Anna")])] });
        (await store.Sql("select token from ledger.personal_index")).ShouldBe(key.Token("name", "Anna"));
        (await store.Count("select count(*) from ledger.personal_index")).ShouldBe(1);
    }

    [Fact]
    public async Task Another_process_lets_go_of_a_key_as_soon_as_it_is_destroyed()
    {
        await using var there = store.AnotherProcess();
        store.Signals.Start();
        there.Signals.Start();
        await store.Until("select count(*) = 2 from pg_stat_activity where datname = current_database() and query = 'listen ledger'");
        await Task.Delay(100);   // The listener clears its memory once it listens.
        (await there.Keys.Find(StoreFixture.Tenant, person, CancellationToken.None)).ShouldNotBeNull();

        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [new(person, null)], Words = [new(person, [])] });
        (await store.Keys.Find(StoreFixture.Tenant, person, CancellationToken.None)).ShouldBeNull("its own process has let go before it is answered");
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (await there.Keys.Find(StoreFixture.Tenant, person, CancellationToken.None) is not null)
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "It would have kept the key for a minute.");
            await Task.Delay(5);
        }
    }

    [Fact]
    public async Task A_key_that_is_destroyed_while_it_is_read_is_not_kept()
    {
        await using var there = store.AnotherProcess();
        await using var blocked = await store.Database.Source.OpenConnectionAsync();
        await using var transaction = await blocked.BeginTransactionAsync();
        _ = await StoreFixture.Run(blocked, "lock table ledger.personal_keys in access exclusive mode");
        var reading = there.Keys.Find(StoreFixture.Tenant, person, CancellationToken.None).AsTask();
        await store.Until("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%personal_keys%')");
        there.Keys.Forget(StoreFixture.Tenant, person);
        await transaction.RollbackAsync();
        (await reading).ShouldNotBeNull();

        await Erase();
        (await there.Keys.Find(StoreFixture.Tenant, person, CancellationToken.None)).ShouldBeNull();
    }

    private async Task Erase()
    {
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [new(person, null)], Words = [new(person, [])] });
        store.Keys.Forget(StoreFixture.Tenant, person);
    }
}
