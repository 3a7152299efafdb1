namespace Ledger.Domain.Amounts;

/// <summary>GroupCommit exact shares into whole units without losing or making one.</summary>
internal static class LargestRemainder
{
    /// <summary>
    /// Each share rounded down, and the units that are left one by one to the largest remainders, ties to the
    /// earlier. No part is a whole unit away from its exact share, and a share without remainder stays as it is.
    /// </summary>
    /// <param name="shares">Numerators of the exact shares; they may be of different signs.</param>
    /// <param name="denominator">Above zero, the same for all.</param>
    /// <param name="whole">What the parts must add up to: the sum of the exact shares, rounded to a unit.</param>
    /// <param name="mirrored">
    /// The sum is below zero: rounded up instead, so a credit undoes its charge part by part, ties included.
    /// </param>
    public static long[] Units(ReadOnlySpan<Int128> shares, Int128 denominator, long whole, bool mirrored)
    {
        var sign = mirrored ? -1 : 1;
        var units = new Int128[shares.Length];
        var remainders = new Int128[shares.Length];
        var left = sign * (Int128)whole;
        for (var i = 0; i < shares.Length; i++)
        {
            (units[i], remainders[i]) = DivideDown(sign * shares[i], denominator);
            left -= units[i];
        }

        var largestFirst = Enumerable.Range(0, units.Length).OrderByDescending(i => remainders[i]);
        foreach (var i in largestFirst.Take((int)left)) units[i]++;
        return [.. units.Select(unit => (long)(sign * unit))];
    }

    private static (Int128 Quotient, Int128 Remainder) DivideDown(Int128 numerator, Int128 denominator)
    {
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        return remainder < 0 ? (quotient - 1, remainder + denominator) : (quotient, remainder);
    }
}
