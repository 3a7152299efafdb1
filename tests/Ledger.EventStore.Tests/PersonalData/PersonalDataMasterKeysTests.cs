using System.Security.Cryptography;
using Ledger.EventStore.PersonalData;
using Ledger.Testing;

namespace Ledger.EventStore.Tests.PersonalData;

/// <summary>Several master keys: the first wraps, all open, and their file may change at any time.</summary>
public sealed class PersonalDataMasterKeysTests : IDisposable
{
    private readonly TestDirectory directory = new();

    private string KeyPath => Path.Combine(directory.Path, "keys", "master.key");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_master_key_is_made_once_for_its_owner_alone_however_many_start()
    {
        var keys = await AtOnce(8, _ => MasterKeys.FromFile(KeyPath));
        File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var wrapped = keys[0].Wrap([1, 2, 3]);
        foreach (var one in keys) one.Unwrap(wrapped).ShouldBe([1, 2, 3]);
        Directory.GetFiles(Path.GetDirectoryName(KeyPath)!).ShouldBe([KeyPath]);
        _ = Should.Throw<CryptographicException>(() => ((MasterKeys)Another).Unwrap(wrapped));
    }

    [Fact]
    public async Task No_key_is_lost_however_many_rotate_at_once_and_the_file_stays_its_owners()
    {
        _ = MasterKeys.FromFile(KeyPath);
        var made = await AtOnce(8, _ => new MasterKeyFile(KeyPath).Rotate().Id);
        var keys = MasterKeys.FromFile(KeyPath);
        keys.All.Count.ShouldBe(9);
        made.ShouldBeSubsetOf(keys.All.Select(key => key.Id));
        File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void One_that_was_killed_while_it_rotated_left_the_file_as_it_was()
    {
        var before = MasterKeys.FromFile(KeyPath).All[0].Id;
        File.WriteAllText(KeyPath + ".new", "half a ke");
        MasterKeys.FromFile(KeyPath).All[0].Id.ShouldBe(before);
        var made = new MasterKeyFile(KeyPath).Rotate();
        MasterKeys.FromFile(KeyPath).All.Select(key => key.Id).ShouldBe([made.Id, before]);
    }

    [Fact]
    public void A_process_takes_up_a_new_key_by_itself_where_it_wraps_and_where_it_opens()
    {
        var running = MasterKeys.FromFile(KeyPath);
        var old = running.Wrap([1]);
        var made = new MasterKeyFile(KeyPath).Rotate();

        running.Unwrap(MasterKeys.FromFile(KeyPath).Wrap([2])).ShouldBe([2]);
        MasterKey.IdOf(running.Wrap([3])).ShouldBe(made.Id);
        running.Unwrap(old).ShouldBe([1]);
    }

    [Fact]
    public void A_key_that_is_nowhere_is_named_with_what_to_do_and_no_secret()
    {
        var running = MasterKeys.FromFile(KeyPath);
        var (other, file) = (MasterKey.New(), File.ReadAllText(KeyPath));
        var message = Should.Throw<MasterKeyException>(() => running.Unwrap(other.Wrap([1, 2, 3]))).Message;
        message.ShouldContain(other.Id);
        message.ShouldContain(KeyPath);
        message.ShouldNotContain(file.Trim());
        Should.Throw<MasterKeyException>(() => running.Unwrap(other.WrapUnnamed([1]))).Message.ShouldContain("does not open with any master key");
        File.Delete(KeyPath);
        _ = Should.Throw<MasterKeyException>(() => running.Unwrap(other.Wrap([1])));
        running.Unwrap(running.Wrap([4])).ShouldBe([4]);
    }

    [Fact]
    public void What_was_altered_does_not_open()
    {
        var key = MasterKey.New();
        foreach (var wrapped in new[] { key.Wrap([1, 2, 3]), key.WrapUnnamed([1, 2, 3]) })
        {
            key.TryUnwrap(wrapped).ShouldBe([1, 2, 3]);
            for (var i = 0; i < wrapped.Length; i++)
            {
                var altered = wrapped.ToArray();
                altered[i] ^= 1;
                key.TryUnwrap(altered).ShouldBeNull($"byte {i}");
                _ = Should.Throw<MasterKeyException>(() => ((MasterKeys)key).Unwrap(altered));
            }

            for (var length = 0; length < wrapped.Length; length++) key.TryUnwrap(wrapped.AsSpan(0, length)).ShouldBeNull();
        }
    }

    private static MasterKey Another => new(new byte[32]);

    private static async Task<T[]> AtOnce<T>(int many, Func<int, T> work)
    {
        using var start = new Barrier(many);
        return await Task.WhenAll(Enumerable.Range(0, many).Select(i => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return work(i);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }
}
