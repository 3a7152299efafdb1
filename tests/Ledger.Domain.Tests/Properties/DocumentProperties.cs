using FsCheck;
using FsCheck.Fluent;

namespace Ledger.Domain.Tests.Properties;

/// <summary>Documents always add up, whatever happens in which order.</summary>
/// <remarks>
/// <c>LEDGER_TEST_SEED=17</c> walks that one again; <c>LEDGER_TEST_WALKS</c> says how many the heavy form walks, from
/// <c>LEDGER_TEST_FIRST</c> on. It writes how far it is, and each seed that failed, to <c>document-walks.log</c> beside the tests.
/// </remarks>
public class DocumentProperties
{
    private const int Steps = 40;

    [Fact]
    public void Whatever_happens_the_documents_add_up_and_all_of_it_can_be_given_back()
    {
        if (ManySeeds.Asked("LEDGER_TEST_SEED") is { } seed) new DocumentWalk(seed).Go(Steps);
        else Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), any => new DocumentWalk(any).Go(Steps)).QuickCheckThrowOnFailure();
    }

    [Fact]
    [Trait("Category", "Heavy")]
    public void A_hundred_thousand_walks() =>
        ManySeeds.Try("document-walks.log", ManySeeds.Asked("LEDGER_TEST_WALKS") ?? 100_000, seed => new DocumentWalk(seed).Go(Steps));
}
