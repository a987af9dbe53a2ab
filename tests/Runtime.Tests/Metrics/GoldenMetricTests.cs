using System.Text.Json;

namespace Unroll.Runtime.Tests.Metrics;

public class GoldenMetricTests
{
    private static readonly JsonElement s_cases = Golden.Read("metrics.json");

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, s_cases.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheResultAgreesWithTheDefinition(int index)
    {
        JsonElement golden = s_cases[index];
        Metric metric = Create(golden.GetProperty("metric").GetString()!, golden.GetProperty("options"));
        double expected = golden.GetProperty("value").GetDouble();

        for (int round = 0; round < 2; round++)
        {
            metric.Reset();
            AddAll(metric, golden.GetProperty("samples"));
            Golden.AssertClose(expected, metric.Result, 2e-6, 1e-7, metric.Name);
        }
    }

    [Fact]
    public void NothingSeenIsZeroAndDirectionsAreKnown()
    {
        foreach (JsonElement golden in s_cases.EnumerateArray())
        {
            Metric metric = Create(golden.GetProperty("metric").GetString()!, golden.GetProperty("options"));
            Assert.Equal(0f, metric.Result);
            Assert.Equal(golden.GetProperty("metric").GetString(), metric.Name);
            Assert.Equal(!metric.Name.Contains("error"), metric.HigherIsBetter);
        }
    }

    private static void AddAll(Metric metric, JsonElement samples)
    {
        foreach (JsonElement sample in samples.EnumerateArray())
        {
            metric.Update(sample[0].Floats(), sample[1].Floats(), (float)sample[2].GetDouble());
        }
    }

    private static Metric Create(string name, JsonElement options)
    {
        float? Number(string option) => options.TryGetProperty(option, out JsonElement value) ? (float)value.GetDouble() : null;
        int? Whole(string option) => options.TryGetProperty(option, out JsonElement value) ? value.GetInt32() : null;
        T Choice<T>(string option)
            where T : struct, Enum =>
            options.TryGetProperty(option, out JsonElement value) ? Enum.Parse<T>(value.GetString()!) : default;
        return name switch
        {
            "accuracy" => new Accuracy(),
            "precision" => new Precision(Number("threshold"), Whole("topK"), Whole("classId")),
            "recall" => new Recall(Number("threshold"), Whole("topK"), Whole("classId")),
            "auc" => new AUC(Whole("numThresholds") ?? 200, Choice<AucCurve>("curve"), options.TryGetProperty("fromLogits", out _)),
            "f1_score" => new F1Score(Choice<ClassAverage>("average"), Number("threshold")),
            "top_k_accuracy" => Whole("k") is int k ? new TopKAccuracy(k) : new TopKAccuracy(),
            "root_mean_squared_error" => new RootMeanSquaredError(),
            "mean_squared_error" => new MeanSquaredError(),
            "cosine_similarity" => new CosineSimilarity(),
            "r2_score" => new R2Score(Choice<R2Aggregation>("aggregation"), Whole("regressors") ?? 0),
            _ => throw new ArgumentException($"No metric is called {name}.", nameof(name)),
        };
    }
}
