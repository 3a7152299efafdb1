namespace Ledger.Cli;

/// <summary>The command cannot be done; the message says why and what to do, in a line. The program ends with 1.</summary>
internal sealed class RefusedException(string message) : Exception(message)
{
    public static void ThrowIf(Rejection? rejection)
    {
        if (rejection is not null) throw new RefusedException($"{rejection.Title}{(rejection.Detail is null ? "" : $" {rejection.Detail}")} ({rejection.Code})");
    }
}

/// <summary>The arguments do not fit together. The program ends with 2.</summary>
internal sealed class WrongArgumentsException(string message) : Exception(message);
