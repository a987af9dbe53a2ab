using Unroll.Runtime.Tests.Callbacks;

namespace Unroll.Runtime.Tests.Reports;

/// <summary>What holds values by name is a dictionary without a cast, and says which argument was null.</summary>
public sealed class NamedValuesTests
{
    private static readonly Logs s_logs = LogsOf(("loss", 0.5f), ("accuracy", 0.75f));

    [Fact]
    public void LogsCountTheirNamesAndValues()
    {
        Assert.Equal(2, s_logs.Count);
        Assert.Equal(["loss", "accuracy"], s_logs.Keys);
        Assert.Equal([0.5f, 0.75f], s_logs.Values);
    }

    [Fact]
    public void AnEvaluationCountsItsNamesAndValues()
    {
        var result = new EvaluationResult(s_logs);
        Assert.Equal(2, result.Count);
        Assert.Equal(["loss", "accuracy"], result.Keys);
        Assert.Equal([0.5f, 0.75f], result.Values);
    }

    [Fact]
    public void AHistoryCountsItsNamesAndValues()
    {
        var history = new History();
        history.Append(s_logs);
        history.Append(LogsOf(("loss", 0.25f), ("accuracy", 1f)));
        Assert.Equal((2, 2), (history.Count, history.Epochs));
        Assert.Equal(["loss", "accuracy"], history.Keys);
        Assert.Equal([[0.5f, 0.25f], [0.75f, 1f]], history.Values);
    }

    [Fact]
    public void ANameThatIsNullIsNoNameThatIsMissing()
    {
        AssertNull(s_logs, static (logs, name) => logs[name], static (logs, name) => logs.ContainsKey(name), static (logs, name) => logs.TryGet(name, out _));
        AssertNull(
            new EvaluationResult(s_logs),
            static (result, name) => result[name], static (result, name) => result.ContainsKey(name), static (result, name) => result.TryGetValue(name, out _));
        AssertNull(
            new History(),
            static (history, name) => history[name], static (history, name) => history.ContainsKey(name), static (history, name) => history.TryGetValue(name, out _));
        AssertNull(
            new Gradients(0f, []),
            static (gradients, name) => gradients[name],
            static (gradients, name) => gradients.ContainsKey(name),
            static (gradients, name) => gradients.TryGetValue(name, out _));
        AssertNull(new FakeModel().Parameters, static (parameters, name) => parameters[name], static (parameters, name) => parameters.TryGet(name, out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(99)]
    public void APositionWithoutParameterIsNamedWithHowManyThereAre(int index)
    {
        ParameterCollection parameters = new FakeModel().Parameters;

        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => parameters[index]);

        Assert.Equal(("index", index), (error.ParamName, error.ActualValue));
        Assert.StartsWith("There is no parameter at this position: the model has 1, counted from 0.", error.Message, StringComparison.Ordinal);
        Assert.Equal("scale1/kernel", parameters[0].Name);
    }

    private static void AssertNull<T>(T values, params ReadOnlySpan<Func<T, string, object?>> uses)
    {
        foreach (Func<T, string, object?> use in uses)
        {
            Assert.Throws<ArgumentNullException>(() => use(values, null!));
        }
    }

    private static Logs LogsOf(params ReadOnlySpan<(string Name, float Value)> values)
    {
        var logs = new Logs();
        foreach ((string name, float value) in values)
        {
            logs.Set(name, value);
        }

        return logs;
    }
}
