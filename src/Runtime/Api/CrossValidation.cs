namespace Unroll;

/// <summary>Trains several networks on the same folds of the data, and compares how they do on the part kept back.</summary>
/// <remarks>
/// The shape of a network is a class here, so a width to try is a class too; blocks (<c>[Use&lt;Body&gt;]</c>) hold what they have in common.
/// </remarks>
/// <example><code>
/// [Network(13)] [Dense(16, Activation.Relu)] [Dense(1)] partial class Narrow;
/// [Network(13)] [Dense(64, Activation.Relu)] [Dense(1)] partial class Wide;
///
/// static Model Compiled(Model model) { model.Compile(new Adam(), new MeanSquaredError()); return model; }
///
/// CrossValidationResult result = CrossValidation.Run(
///     data.Folds(5, seed: 1),
///     new FitOptions { Epochs = 50, Seed = 1 },
///     () =&gt; Compiled(new Narrow(seed: 1)),
///     () =&gt; Compiled(new Wide(seed: 1)));
/// Console.WriteLine(result);
/// </code></example>
public static class CrossValidation
{
    /// <summary>Trains for one epoch on each fold.</summary>
    /// <param name="folds">The pairs, as <see cref="Dataset.Folds"/> and <see cref="Dataset.StratifiedFolds"/> give them.</param>
    /// <param name="factories">Each makes a new model, compiled.</param>
    /// <exception cref="ArgumentException">There is no fold or no factory.</exception>
    /// <exception cref="InvalidOperationException">A factory's model is not compiled, or is not new.</exception>
    public static CrossValidationResult Run(IEnumerable<(Dataset Training, Dataset Validation)> folds, params ReadOnlySpan<Func<Model>> factories) =>
        Run(folds, new FitOptions(), factories);

    /// <summary>Trains as told by options.</summary>
    /// <param name="folds">The pairs, as <see cref="Dataset.Folds"/> and <see cref="Dataset.StratifiedFolds"/> give them.</param>
    /// <param name="options">How to train; each fold's second part is the validation.</param>
    /// <param name="factories">Each makes a new model, compiled.</param>
    /// <exception cref="ArgumentException">There is no fold or no factory.</exception>
    /// <exception cref="InvalidOperationException">A factory's model is not compiled, or is not new.</exception>
    public static CrossValidationResult Run(
        IEnumerable<(Dataset Training, Dataset Validation)> folds, FitOptions options, params ReadOnlySpan<Func<Model>> factories) =>
        Run(folds, options, [.. factories.ToArray().Select(static factory => factory is null ? null! : (Func<Dataset, Model>)(_ => factory()))]);

    /// <summary>The same for models that look at the data first, as by <c>Adapt</c>: a factory is given the samples to train on.</summary>
    /// <param name="folds">The pairs, as <see cref="Dataset.Folds"/> and <see cref="Dataset.StratifiedFolds"/> give them.</param>
    /// <param name="options">How to train; each fold's second part is the validation.</param>
    /// <param name="factories">Each makes a new model, compiled, for the samples to train on.</param>
    /// <exception cref="ArgumentException">There is no fold or no factory.</exception>
    /// <exception cref="InvalidOperationException">A factory's model is not compiled, or is not new.</exception>
    public static CrossValidationResult Run(
        IEnumerable<(Dataset Training, Dataset Validation)> folds, FitOptions options, params ReadOnlySpan<Func<Dataset, Model>> factories)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(options);
        if (factories.IsEmpty)
        {
            throw new ArgumentException("There is no network to train.", nameof(factories));
        }

        Candidate[] candidates = new Candidate[factories.Length];
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = new Candidate(factories[i] ?? throw new ArgumentException($"factories[{i}] is null.", nameof(factories)));
        }

        int count = 0;
        foreach ((Dataset training, Dataset validation) in folds)
        {
            count++;
            foreach (Candidate candidate in candidates)
            {
                candidate.Train(training, validation, options with { Validation = validation, ValidationSplit = 0f, Verbose = options.Verbose ?? false });
            }
        }

        return count > 0
            ? new CrossValidationResult([.. candidates.Select((candidate, i) => candidate.Score(candidates.Take(i)))])
            : throw new ArgumentException("There is no fold.", nameof(folds));
    }

    private sealed class Candidate(Func<Dataset, Model> factory)
    {
        private readonly List<EvaluationResult> _folds = [];
        private readonly List<History> _histories = [];
        private string _name = "";
        private long _parameters;

        public void Train(Dataset training, Dataset validation, FitOptions options)
        {
            Model model = factory(training) ?? throw new InvalidOperationException("A factory returned null.");
            if (model.History is not null)
            {
                throw new InvalidOperationException($"A factory returned a {model.Network.Name} that was trained before: it must make a new one for each fold.");
            }

            _name = model.Network.Name[(model.Network.Name.LastIndexOf('.') + 1)..];
            _parameters = model.Parameters.Sum(static parameter => (long)parameter.Count);
            _histories.Add(model.Fit(training, options));
            _folds.Add(model.Evaluate(validation));
        }

        // A class that stands there twice, compiled in other ways, is told apart by its number.
        public CrossValidationScore Score(IEnumerable<Candidate> before)
        {
            int same = before.Count(other => other._name == _name);
            return new CrossValidationScore(same == 0 ? _name : $"{_name} ({same + 1})", _parameters, [.. _folds], [.. _histories]);
        }
    }
}
