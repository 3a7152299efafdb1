using Ledger.EventStore.Projecting;

namespace Ledger.EventStore.Tests.Projecting;

/// <summary>A start is refused where the code of a version is not what its table was made by.</summary>
public sealed class ViewPrintTests : IAsyncLifetime
{
    private StoreFixture store = null!;
    private ViewTables tables = null!;

    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        tables = new(store.Database);
        await Start(new Totals(), ["opened", "added"], ("added", "1"));
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public Task The_same_code_starts_again() => Start(new Totals(), ["opened", "added"], ("added", "1"));

    [Fact]
    public async Task Code_that_makes_something_else_of_an_event_does_not_start_and_says_what_to_do()
    {
        (await Refused(new Totals(), ["opened", "added"], ("added", "2"))).ShouldBe(
            "The view totals has changed and its version has not: it makes something else of added than in version 1, by which its table was made. Raise its version; it is then built anew beside that table.");
        (await Refused(new Totals(), ["opened", "added"], ("added", "1"), ("opened", "1"))).ShouldContain("of opened");
        (await Refused(new Totals(), ["opened", "added"])).ShouldContain("of added");
        await Start(new Totals(), ["opened", "added"], ("added", "1"));
    }

    [Fact]
    public async Task Other_columns_do_not_start() =>
        (await Refused(new Widened(), ["opened", "added"], ("added", "1"))).ShouldContain("its columns are others");

    [Fact]
    public async Task A_kind_of_event_that_there_was_none_of_is_no_change_and_is_held_to_from_then_on()
    {
        await Start(new Totals(), ["opened", "added", "doubled"], ("added", "1"), ("doubled", "1"));
        await Start(new Totals(), ["opened", "added"], ("added", "1"));   // A server of the version before.
        (await Refused(new Totals(), ["opened", "added", "doubled"], ("added", "1"), ("doubled", "2"))).ShouldContain("of doubled");
    }

    [Fact]
    public async Task A_raised_version_starts_and_is_held_to_when_its_table_is_there()
    {
        var next = new Totals(version: 2);
        await Start(next, ["opened", "added"], ("added", "2"));
        await Start(next, ["opened", "added"], ("added", "3"));   // It has no table yet.
        await new ViewRebuild(store.Database, store.Feed, tables).Run([next], null, CancellationToken.None);
        (await Refused(next, ["opened", "added"], ("added", "2"))).ShouldContain("in version 2");
    }

    private Task<IReadOnlyList<View>> Start(View view, string[] known, params (string Kind, string Hash)[] effects) => tables.Prepare(
        [view], new([new(view.Name, view.Version, ViewPrint.ColumnsOf(view), effects.ToDictionary(one => one.Kind, one => one.Hash))], known.ToHashSet()), CancellationToken.None);

    private async Task<string> Refused(View view, string[] known, params (string Kind, string Hash)[] effects) =>
        (await Should.ThrowAsync<ViewChangedException>(Start(view, known, effects))).Message;

    private sealed class Widened : Totals
    {
        public override string Columns => base.Columns + ", more text";
    }
}
