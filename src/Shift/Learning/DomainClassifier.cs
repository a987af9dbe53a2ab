using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>Tells rows of the target from rows of the source; its logit is the logarithm of the ratio of their densities.</summary>
/// <remarks>
/// Networks are compiled for shapes known before the program runs, so the classifier is a fixed one: <see cref="LogisticRegression"/> on a
/// <see cref="FeatureMap"/>, trained <see cref="Folds"/> times with another fifth of the rows left out, with the penalty whose loss on the
/// rows left out is least. A row's logit comes from the training that left it out; of rows that none saw it is the mean over all trainings.
/// At most <see cref="MostRows"/> random rows of each sample are learnt from.
/// </remarks>
internal sealed class DomainClassifier
{
    private const int Folds = 5;
    private const int MostRows = 4000;

    private static readonly double[] s_penalties = [1, 0.1, 0.01, 0.001];

    private readonly FeatureMap _map;
    private readonly double[][] _models;
    private readonly int[] _foldOfSource;

    public DomainClassifier(Dataset source, Dataset target, RandomSource random)
    {
        _map = new FeatureMap(source, target, random);
        int[] sourceRows = Chosen(source.Count, random), targetRows = Chosen(target.Count, random);
        int count = sourceRows.Length + targetRows.Length;
        float[] mapped = new float[count * _map.Width];
        sbyte[] labels = new sbyte[count];
        int[] folds = new int[count];
        _foldOfSource = new int[source.Count];
        Array.Fill(_foldOfSource, -1);
        for (int i = 0; i < count; i++)
        {
            bool isSource = i < sourceRows.Length;
            int place = isSource ? i : i - sourceRows.Length;
            Dataset data = isSource ? source : target;
            int row = isSource ? sourceRows[place] : targetRows[place];
            _map.Apply(data.FeaturesOf(row), mapped.AsSpan(i * _map.Width, _map.Width));
            labels[i] = (sbyte)(isSource ? -1 : 1);
            folds[i] = place % Folds;
            if (isSource)
            {
                _foldOfSource[row] = folds[i];
            }
        }

        _models = Train(mapped, labels, folds);
    }

    /// <summary>The logit of a row that was not learnt from.</summary>
    public double Logit(ReadOnlySpan<float> features)
    {
        float[] mapped = new float[_map.Width];
        _map.Apply(features, mapped);
        return _models.Average(model => LogisticRegression.Logit(mapped, model));
    }

    /// <summary>The logits of all rows of the source it was trained on, each from the training that left the row out.</summary>
    public double[] LogitsOfSource(Dataset source)
    {
        double[] logits = new double[source.Count];
        float[] mapped = new float[_map.Width];
        for (int row = 0; row < logits.Length; row++)
        {
            _map.Apply(source.FeaturesOf(row), mapped);
            logits[row] = _foldOfSource[row] >= 0
                ? LogisticRegression.Logit(mapped, _models[_foldOfSource[row]])
                : _models.Average(model => LogisticRegression.Logit(mapped, model));
        }

        return logits;
    }

    /// <summary>The models of all folds, with the penalty that predicts best what each did not see.</summary>
    private double[][] Train(float[] mapped, sbyte[] labels, int[] folds)
    {
        double[][] models = [.. Enumerable.Range(0, Folds).Select(_ => new double[_map.Width + 1])];
        double[][] best = [];
        double least = double.PositiveInfinity;
        foreach (double penalty in s_penalties)
        {
            double loss = 0;
            for (int fold = 0; fold < Folds; fold++)
            {
                // From strong to weak penalties, each training begins where the last ended.
                int[] others = [.. Enumerable.Range(0, labels.Length).Where(row => folds[row] != fold)];
                LogisticRegression.Fit(mapped, _map.Width, labels, others, penalty, models[fold]);
                loss += LossOf(mapped, labels, folds, fold, models[fold]);
            }

            if (loss >= least)
            {
                break;
            }

            least = loss;
            best = [.. models.Select(static model => (double[])model.Clone())];
        }

        return best;
    }

    private double LossOf(float[] mapped, sbyte[] labels, int[] folds, int fold, double[] model)
    {
        double source = 0, target = 0;
        int sources = 0, targets = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (folds[row] != fold)
            {
                continue;
            }

            double logit = LogisticRegression.Logit(mapped.AsSpan(row * _map.Width, _map.Width), model);
            double loss = LogisticRegression.Loss(labels[row] * logit);
            (sources, targets) = labels[row] < 0 ? (sources + 1, targets) : (sources, targets + 1);
            (source, target) = labels[row] < 0 ? (source + loss, target) : (source, target + loss);
        }

        return (source / sources) + (target / targets);
    }

    private static int[] Chosen(int count, RandomSource random)
    {
        int[] order = new int[count];
        random.Permute(order);
        return order[..Math.Min(count, MostRows)];
    }
}
