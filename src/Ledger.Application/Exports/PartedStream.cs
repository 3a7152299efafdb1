namespace Ledger.Application.Exports;

/// <summary>A stream that is cut into parts as it is written, so that no more than a part is ever held.</summary>
internal sealed class PartedStream(int partBytes, Func<int, ReadOnlyMemory<byte>, Task> store) : Stream
{
    private readonly MemoryStream part = new();
    private int number;
    private long stored;

    public override long Length => stored + part.Length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Position { get => Length; set => throw new NotSupportedException(); }

    /// <summary>What is written at once waits for the next write that may take its time.</summary>
    public override void Write(byte[] buffer, int offset, int count) => part.Write(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await part.WriteAsync(buffer, cancellationToken);
        if (part.Length >= partBytes) await Store();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Stores what is left.</summary>
    public Task Finish() => part.Length > 0 ? Store() : Task.CompletedTask;

    private async Task Store()
    {
        await store(number++, part.GetBuffer().AsMemory(0, (int)part.Length));
        stored += part.Length;
        part.SetLength(0);
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
