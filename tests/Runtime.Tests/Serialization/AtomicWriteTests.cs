using System.Collections;
using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

public sealed class AtomicWriteTests : IDisposable
{
    private static readonly NamedTensor[] s_old = [new("x", [2], new[] { 1f, 2f })];
    private static readonly NamedTensor[] s_new = [new("x", [2], new[] { 3f, 4f }), new("y", [1], new[] { 5f })];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Target => _directory.File("weights.safetensors");

    /// <summary>Looks at the directory whenever the writer asks for a tensor: that is what a crash at this moment would leave.</summary>
    [Fact]
    public void ACrashWhileWritingLeavesTheOldFile()
    {
        SafetensorsFile.Write(Target, s_old);
        byte[] old = File.ReadAllBytes(Target);
        int momentsWithTemporary = 0;
        void Observe()
        {
            Assert.Equal(old, File.ReadAllBytes(Target));
            momentsWithTemporary += Temporaries().Length;
        }

        SafetensorsFile.Write(Target, new ObservedList(s_new, Observe));

        Assert.True(momentsWithTemporary >= s_new.Length, "no tensor was asked for while the temporary file was open");
        Assert.Empty(Temporaries());
        Assert.Equal(5f, SafetensorsBytes.Read(Target)[1].Values.Span[0]);
    }

    [Fact]
    public void WhatCrashesLeftIsRemovedAndNothingElse()
    {
        string[] left = [_directory.File(".unroll-abcdefgh.ijk.tmp"), _directory.File(".unroll-01234567.89a.tmp")];
        string[] others = [_directory.File(".unroll-notes.tmp"), _directory.File("unroll-abcdefgh.ijk.tmp"), _directory.File(".unroll-abcdefgh.ijk.tmp.old"), _directory.File("x.tmp")];
        Array.ForEach([.. left, .. others], static file => File.WriteAllText(file, "half a head"));

        SafetensorsFile.Write(Target, s_new);

        Assert.Equal(2, SafetensorsBytes.Read(Target).Count);
        Assert.Equal([.. others.Append(Target).Order()], Directory.GetFiles(_directory.FullName).Order());
    }

    /// <summary>A save into the same folder begins, ends and tidies up while another writes.</summary>
    [Fact]
    public void WhatAnotherSaveIsWritingStays()
    {
        AtomicFile.Write(Target, stream =>
        {
            SafetensorsFile.Write(_directory.File("other"), s_old);
            stream.WriteByte(1);
        });

        Assert.Equal([1], File.ReadAllBytes(Target));
        Assert.Equal(2, Directory.GetFiles(_directory.FullName).Length);
    }

    [Fact]
    public async Task SavesOfManyThreadsToOnePlaceDoNotDisturbEachOther()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int round = 0; round < 300; round++)
            {
                SafetensorsFile.Write(Target, thread % 2 == 0 ? s_old : s_new);
            }
        })));

        Assert.InRange(SafetensorsBytes.Read(Target).Count, 1, 2);
        Assert.Single(Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public void AFailureWhileWritingLeavesTheOldFileAndNoTemporary()
    {
        SafetensorsFile.Write(Target, s_old);
        byte[] old = File.ReadAllBytes(Target);
        void Fail()
        {
            if (Temporaries().Length > 0)
            {
                throw new IOException("disk full");
            }
        }

        Assert.Throws<IOException>(() => SafetensorsFile.Write(Target, new ObservedList(s_new, Fail)));

        Assert.Equal(old, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public void ATargetThatCannotBeReplacedLeavesNoTemporary()
    {
        Directory.CreateDirectory(Target);

        Assert.ThrowsAny<Exception>(() => SafetensorsFile.Write(Target, s_new));

        Assert.Empty(Temporaries());
    }

    [Fact]
    public void ADirectoryThatIsNotThereIsNamed()
    {
        string target = Path.Combine(_directory.FullName, "none", "weights.safetensors");

        DirectoryNotFoundException exception = Assert.Throws<DirectoryNotFoundException>(() => SafetensorsFile.Write(target, s_new));

        Assert.Contains("none", exception.Message, StringComparison.Ordinal);
    }

    private string[] Temporaries() => Directory.GetFiles(_directory.FullName, "*.tmp");

    private sealed class ObservedList(NamedTensor[] tensors, Action observe) : IReadOnlyList<NamedTensor>
    {
        public int Count => tensors.Length;

        public NamedTensor this[int index]
        {
            get
            {
                observe();
                return tensors[index];
            }
        }

        public IEnumerator<NamedTensor> GetEnumerator()
        {
            foreach (NamedTensor tensor in tensors)
            {
                observe();
                yield return tensor;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
