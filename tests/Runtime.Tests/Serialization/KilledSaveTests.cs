using System.Diagnostics;
using Unroll.Serialization;
using Unroll.Tests;

namespace Unroll.Runtime.Tests.Serialization;

/// <summary>Processes killed while they save: 100 of them, and 1,000 in a campaign.</summary>
public sealed class KilledSaveTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void EveryKillLeavesAWholeFileAndNothingThatTheNextSaveDoesNotRemove()
    {
        int kills = Campaign.Rounds(usually: 100, campaign: 1000);
        string path = _directory.File("weights.safetensors");
        var random = new Random(1);
        float last = 0f;
        int leftBehind = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using (Process process = SavingProcess.Start(path))
            {
                Thread.Sleep(random.Next(30));
                process.Kill();
                process.WaitForExit();
            }

            float number = SavingProcess.NumberOf(path);
            Assert.True(number > last, $"After kill {kill + 1} the file is that of save {number}, but one of {last} was there.");
            last = number;
            int temporaries = Directory.GetFiles(_directory.FullName).Length - 1;
            Assert.InRange(temporaries, 0, 1);
            leftBehind += temporaries;
        }

        SafetensorsFile.Write(path, [new NamedTensor("x", [1], new[] { 1f })]);
        Assert.Equal([path], Directory.GetFiles(_directory.FullName));
        Assert.True(leftBehind > 0, "No kill came while a file was written.");
    }
}
