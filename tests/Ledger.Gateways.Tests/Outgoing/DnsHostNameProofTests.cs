using System.Net;
using System.Net.Sockets;
using System.Text;
using Ledger.Gateways.Outgoing;

namespace Ledger.Gateways.Tests.Outgoing;

public class DnsHostNameProofTests
{
    [Theory]
    [InlineData("ledger-tenant=one", true)]
    [InlineData("ledger-tenant=two", false)]
    [InlineData("v=spf1 -all", false)]
    [InlineData(null, false)]
    public async Task A_name_is_proved_by_its_record_alone(string? record, bool isProved)
    {
        using var server = new NameServer("_ledger.shop.example.org", record);
        (await new DnsHostNameProof(server.Address).IsProved("shop.example.org", "one", CancellationToken.None)).ShouldBe(isProved);
        server.Asked.ShouldContain("_ledger.shop.example.org");
    }

    /// <summary>Answers one TXT record over UDP; to all else, that there is no such name.</summary>
    private sealed class NameServer : IDisposable
    {
        private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));

        public NameServer(string name, string? record) => _ = Serve(name, record);

        public IPEndPoint Address => (IPEndPoint)socket.Client.LocalEndPoint!;

        public List<string> Asked { get; } = [];

        public void Dispose() => socket.Dispose();

        private async Task Serve(string name, string? record)
        {
            try
            {
                while (true)
                {
                    var asked = await socket.ReceiveAsync();
                    _ = await socket.SendAsync(Answer(asked.Buffer, name, record), asked.RemoteEndPoint);
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException) { }
        }

        /// <summary>The question again, and below it the record: RFC 1035.</summary>
        private byte[] Answer(byte[] question, string name, string? record)
        {
            var end = 12;
            var labels = new List<string>();
            while (question[end] != 0)
            {
                labels.Add(Encoding.ASCII.GetString(question, end + 1, question[end]));
                end += question[end] + 1;
            }

            var asked = string.Join('.', labels);
            lock (Asked) Asked.Add(asked);
            var isKnown = record is not null && asked == name;
            byte[] head = [question[0], question[1], 0x81, (byte)(isKnown ? 0x80 : 0x83), 0, 1, 0, (byte)(isKnown ? 1 : 0), 0, 0, 0, 0];
            var answer = head.Concat(question[12..(end + 5)]);
            if (!isKnown) return [.. answer];
            var text = Encoding.ASCII.GetBytes(record!);
            return [.. answer, 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, (byte)(text.Length + 1), (byte)text.Length, .. text];
        }
    }
}
