namespace Unroll.Runtime.Tests.Memory;

/// <summary>Whoever comes second where two cannot go together gets an exception; a snapshot goes together with everything.</summary>
public sealed class ParameterAccessTests : IDisposable
{
    private static readonly Dataset s_data = new([1f, 2f], [2f, 4f], 2);

    private readonly GatedModel _model = new();

    public void Dispose() => GatedModel.InPrediction = null;

    [Fact]
    public void AssigningWhileAnotherThreadPredictsIsRefusedAndThePredictionIsWhole()
    {
        float answer = 0;
        During(
            () => answer = _model.Predict([6f])[0],
            () =>
            {
                InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => _model.Weight.Assign([100f]));
                Assert.Contains("Assign", refusal.Message, StringComparison.Ordinal);
                Assert.Contains("Snapshot()", refusal.Message, StringComparison.Ordinal);
            });

        Assert.Equal(6f, answer);
        Assert.Equal([1f], _model.Weight.ToArray());
        _model.Weight.Assign([3f]);
        Assert.Equal([18f], _model.Predict([6f]));
    }

    [Fact]
    public void LoadingWhileAnotherThreadPredictsChangesNothing()
    {
        using var stream = new MemoryStream();
        var other = new GatedModel();
        other.Weight.Assign([5f]);
        other.Save(stream);
        stream.Position = 0;

        During(
            () => _model.Predict([6f, 7f]),
            () => Assert.Contains("LoadWeights", Assert.Throws<InvalidOperationException>(() => _model.LoadWeights(stream)).Message, StringComparison.Ordinal));

        Assert.Equal([1f], _model.Weight.ToArray());
    }

    [Fact]
    public void TrainingDoesNotBeginWhileAnotherThreadPredicts()
    {
        Compile();
        During(
            () => _model.Predict([6f]),
            () => Assert.Contains("Fit", Assert.Throws<InvalidOperationException>(() => Fit()).Message, StringComparison.Ordinal));

        Assert.Null(_model.History);
        Assert.NotNull(Fit());
    }

    [Fact]
    public void OtherModelsAreNotInTheWay()
    {
        var other = new GatedModel();
        During(() => _model.Predict([6f]), () => other.Weight.Assign([4f]));

        Assert.Equal([4f], other.Weight.ToArray());
    }

    [Fact]
    public void APredictionThatFailsLeavesTheModelFree()
    {
        GatedModel.InPrediction = static () => throw new FormatException();
        Assert.Throws<FormatException>(() => _model.Predict([6f]));
        GatedModel.InPrediction = null;
        Assert.Throws<ArgumentException>(() => _model.Predict([6f], new float[2]));

        OnAnotherThread(() => _model.Weight.Assign([2f]));
        Assert.Equal([2f], _model.Weight.ToArray());
    }

    public static TheoryData<string> Uses => ["Fit", "Predict", "Predict to spans", "Snapshot", "ToArray", "Assign", "Save", "Evaluate", "Compile"];

    [Theory]
    [MemberData(nameof(Uses))]
    public void DuringATrainingOtherThreadsAreRefused(string use)
    {
        Compile();
        Exception? refusal = null;
        Fit(new LambdaCallback(onEpochEnd: _ => refusal ??= OnAnotherThread(() => Use(use))));

        Assert.IsType<InvalidOperationException>(refusal);
        Assert.Contains("Gated is in training", refusal.Message, StringComparison.Ordinal);
        Assert.Null(OnAnotherThread(() => Use(use)));
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void CallbacksMayUseTheModelBetweenTwoStepsUnlessTheyTrainIt(string use)
    {
        Compile();
        Exception? refusal = null;
        Fit(new LambdaCallback(onEpochEnd: _ => refusal = Record.Exception(() => Use(use))));

        Assert.Equal(use is "Fit" or "Compile", refusal is InvalidOperationException);
    }

    [Fact]
    public void ASnapshotPredictsWhileTheModelTrainsAndIsAssigned()
    {
        _model.Weight.Assign([3f]);
        ModelSnapshot before = _model.Snapshot();
        Compile();
        float[] during = [];
        ModelSnapshot? inside = null;
        Fit(new LambdaCallback(onEpochEnd: context =>
        {
            _model.Weight.Assign([7f]);
            inside = context.Model.Snapshot();
            OnAnotherThread(() => during = before.Predict([1f, 2f]));
        }));
        _model.Weight.Assign([9f]);

        Assert.Equal([3f, 6f], during);
        Assert.Equal([7f], inside!.Predict([1f]));
        Assert.Equal([3f], before.Predict([1f]));
        Assert.Equal([9f], _model.Predict([1f]));
        Assert.Equal((1, 1, "Gated"), (before.InputSize, before.OutputSize, before.Network));
    }

    [Fact]
    public void ASnapshotRefusesWhatTheModelDoes()
    {
        ModelSnapshot snapshot = _model.Snapshot();

        Assert.Contains("there is room for 3", Assert.Throws<ArgumentException>(() => snapshot.Predict([1f, 2f], new float[3])).Message, StringComparison.Ordinal);
        float[] both = [1f];
        Assert.Contains("overlap", Assert.Throws<ArgumentException>(() => snapshot.Predict(both, both)).Message, StringComparison.Ordinal);
        Assert.Empty(snapshot.Predict([]));
    }

    /// <summary>With many threads at full speed: each answer is of one weight, and the weight is the last that was assigned without an exception.</summary>
    [Fact]
    public void NoAnswerIsOfTwoWeights()
    {
        bool isDone = false;
        int torn = 0;
        int answers = 0;
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            float[] output = new float[1];
            while (!Volatile.Read(ref isDone))
            {
                try
                {
                    _model.Predict([2f], output);
                }
                catch (InvalidOperationException)
                {
                    continue;
                }

                Interlocked.Increment(ref answers);

                // Odd weights only are assigned: halves of two different ones may add up to an even one.
                if (output[0] / 2 % 2 != 1)
                {
                    Interlocked.Increment(ref torn);
                }
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        int assigned = 0;
        for (int round = 0; round < 20_000; round++)
        {
            int weight = 1 + (2 * (round % 50));
            try
            {
                _model.Weight.Assign([weight]);
                assigned++;
            }
            catch (InvalidOperationException)
            {
                continue;
            }

            if (_model.Predict([1f])[0] != weight)
            {
                torn++;
            }
        }

        Volatile.Write(ref isDone, true);
        Array.ForEach(threads, static thread => thread.Join());

        Assert.Equal(0, torn);
        Assert.True(assigned > 0, "No assignment found a moment without a prediction.");
        Assert.True(answers > 0);
    }

    private void Compile() => _model.Compile(new SGD(), new MeanSquaredError());

    private History Fit(params Callback[] callbacks) => _model.Fit(s_data, epochs: 2, batchSize: 2, callbacks: callbacks, verbose: false);

    private void Use(string use)
    {
        switch (use)
        {
            case "Fit": Fit(); break;
            case "Predict": _model.Predict([1f]); break;
            case "Predict to spans": _model.Predict([1f], new float[1]); break;
            case "Snapshot": _model.Snapshot(); break;
            case "ToArray": _model.Weight.ToArray(); break;
            case "Assign": _model.Weight.Assign([1f]); break;
            case "Save": _model.Save(Stream.Null); break;
            case "Evaluate": _model.Evaluate(s_data); break;
            case "Compile": Compile(); break;
            default: throw new ArgumentOutOfRangeException(nameof(use), use, null);
        }
    }

    /// <summary>Does something in the middle of a prediction that another thread makes.</summary>
    private static void During(Action predict, Action act)
    {
        using var isInside = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        GatedModel.InPrediction = () =>
        {
            isInside.Set();
            mayGoOn.Wait();
        };
        var thread = new Thread(() => predict());
        thread.Start();
        isInside.Wait();
        GatedModel.InPrediction = null;
        try
        {
            act();
        }
        finally
        {
            mayGoOn.Set();
            thread.Join();
        }
    }

    private static Exception? OnAnotherThread(Action act)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(act));
        thread.Start();
        thread.Join();
        return thrown;
    }
}
