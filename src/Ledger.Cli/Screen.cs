using Spectre.Console;

namespace Ledger.Cli;

/// <summary>What a command shows: results on the standard output, progress beside it, and only where somebody is looking.</summary>
internal static class Screen
{
    /// <summary>Columns of text that goes to a file, where nothing needs to be broken off.</summary>
    private const int WidthOfFile = 240;

    static Screen()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfFile;
    }

    public static void Line(string text) => Console.Out.WriteLine(text);

    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns) _ = table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        foreach (var row in rows) _ = table.AddRow(row.Select(cell => new Text(cell)));
        AnsiConsole.Write(table);
    }

    /// <summary>Names on the left, figures on the right.</summary>
    public static void Figures(IEnumerable<(string Name, string Figure)> figures)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders();
        _ = table.AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn("").RightAligned().NoWrap());
        foreach (var (name, figure) in figures) _ = table.AddRow(new Text(name), new Text(figure));
        AnsiConsole.Write(table);
    }

    /// <summary>A bar while the work lasts.</summary>
    public static async Task<T> Progress<T>(string what, Func<IProgress<Done>, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(new Unseen());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(what));
                return await work(new Seen(bar));
            });
    }

    public static Task Progress(string what, Func<IProgress<Done>, Task> work) => Progress(what, async progress =>
    {
        await work(progress);
        return true;
    });

    private sealed class Unseen : IProgress<Done>
    {
        public void Report(Done value) { }
    }

    private sealed class Seen(ProgressTask bar) : IProgress<Done>
    {
        public void Report(Done value)
        {
            bar.MaxValue = Math.Max(1, value.Total);
            bar.Value = value.Part;
            if (value.Now is { } now) bar.Description = Markup.Escape(now);
        }
    }
}

/// <param name="Now">What is being done, where it changes.</param>
internal readonly record struct Done(double Part, double Total, string? Now = null);

/// <summary>Progress as the store tells it.</summary>
internal sealed class Relayed(IProgress<Done> to) : IProgress<(long Done, long Total)>
{
    public void Report((long Done, long Total) value) => to.Report(new(value.Done, value.Total));
}
