using System.Text;
using Unroll.Api;
using Unroll.Fitting;
using Unroll.Runtime.Tests.Callbacks;

namespace Unroll.Runtime.Tests.Api;

public class ProgressBarTests
{
    private static readonly (string, float)[] s_logs = [("loss", 0.123449f), ("accuracy", 0.5f), ("val_loss", 1.2345e-5f)];

    [Fact]
    public void AwayFromATerminalAnEpochIsOneLine()
    {
        using var culture = new ForeignCulture();
        var output = new StringWriter();
        Fit(new ProgressBar(output), seconds: 1.5).Run(s_logs, s_logs);
        Assert.Equal(
            string.Concat(Enumerable.Range(1, 2).Select(epoch =>
                $"Epoch {epoch}/5 - 2s - 0.5ms/step - loss: 0.1234 - accuracy: 0.5000 - val_loss: 1.2345e-05{Environment.NewLine}")),
            output.ToString());
    }

    [Fact]
    public void ATerminalShowsAHeadingAndARedrawnLine()
    {
        using var culture = new ForeignCulture();
        var output = new StringWriter();
        var clock = new ManualClock();
        Fit(new ProgressBar(output, interactive: true, clock), seconds: 1.5, clock, millisecondsABatch: 30).Run(s_logs);

        string[] drawn = output.ToString().Replace(Environment.NewLine, "\n").Split('\r');
        Assert.Equal("Epoch 1/5\n", drawn[0]);
        Assert.Equal("   4/3000 ──────────────────── 18:44 375ms/step - loss: 0.9000", drawn[1].TrimEnd());
        Assert.Equal("3000/3000 ━━━━━━━━━━━━━━━━━━━━ 2s 0.5ms/step - loss: 0.1234 - accuracy: 0.5000 - val_loss: 1.2345e-05\n", drawn[^1]);
    }

    [Fact]
    public void TheLineIsRedrawnAtMostTenTimesASecond()
    {
        var output = new StringWriter();
        var clock = new ManualClock();
        Fit(new ProgressBar(output, interactive: true, clock), seconds: 3, clock, millisecondsABatch: 1).Run(s_logs);
        Assert.Equal(30, output.ToString().Count(character => character == '\r') - 1);
    }

    [Fact]
    public void AShorterLineCoversALongerOne()
    {
        var output = new StringWriter();
        var clock = new ManualClock();
        Fit(new ProgressBar(output, interactive: true, clock), seconds: 1, clock, millisecondsABatch: 2900).Run([("loss", 1f)]);
        string[] drawn = output.ToString().Split('\r');
        for (int i = 2; i < drawn.Length; i++)
        {
            Assert.True(drawn[i].Length >= drawn[i - 1].TrimEnd().Length, drawn[i]);
        }
    }

    [Fact]
    public void HalfWayTheBarIsHalfFull()
    {
        var context = Context(batch: 1499, seconds: 0.75);
        Assert.StartsWith("1500/3000 ━━━━━━━━━━────────── 1s 0.5ms/step", new ProgressLine(Encoding.UTF8).Running(context.State));
        Assert.StartsWith("1500/3000 ==========.......... 1s", new ProgressLine(Encoding.Latin1).Running(context.State));
    }

    [Theory]
    [InlineData(0.02, "0s 7us/step")]
    [InlineData(59.4, "59s 20ms/step")]
    [InlineData(61, "1:01 20ms/step")]
    [InlineData(3725, "1:02:05 1.2s/step")]
    public void DurationsSuitTheirSize(double seconds, string expected) => Assert.Contains(
        $"━ {expected}", new ProgressLine(Encoding.UTF8).Finished(Context(batch: 2999, seconds).State));

    [Fact]
    public void AnUnknownNumberOfBatchesHasNoBar() => Assert.StartsWith(
        "7/? 3s 429ms/step", new ProgressLine(Encoding.UTF8).Running(Context(batch: 6, seconds: 3, batches: 0).State));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AWarningHasALineOfItsOwn(bool interactive)
    {
        var output = new StringWriter();
        new FakeFit(new EarlyStopping(), new ProgressBar(output, interactive)).Run("loss", 1f);
        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n', '\r');
        Assert.Contains("Warning: EarlyStopping watches 'val_loss', which is not available. Available are: loss.", lines);
        Assert.EndsWith("loss: 1.0000", lines[^2], StringComparison.Ordinal);
    }

    private static TrainingContext Context(int batch, double seconds, int batches = 3000)
    {
        var model = new FakeModel();
        var state = new FitState(model.Instance, new Logs(), new History())
        {
            Epochs = 5,
            BatchesPerEpoch = batches,
            Batch = batch,
            EpochTime = TimeSpan.FromSeconds(seconds),
        };
        return new TrainingContext(model, state, static _ => { });
    }

    private static FakeFit Fit(Callback callback, double seconds, ManualClock? clock = null, int millisecondsABatch = 0) => new(callback)
    {
        Batches = 3000,
        Epochs = 5,
        InBatch = context =>
        {
            clock?.Advance(millisecondsABatch);
            context.Logs.Set("loss", 0.9f);
            context.State.EpochTime = TimeSpan.FromSeconds(seconds);
        },
    };
}
