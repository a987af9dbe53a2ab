using Unroll.Compiled;

namespace Unroll.Callbacks;

/// <summary>The norms of parameters, put together to those of layers and averaged over the steps of an epoch.</summary>
internal sealed class LayerNorms
{
    private readonly LayerDescription[] _layers;
    private readonly long[] _parameters;
    private readonly double[] _weights;
    private readonly double[] _gradients;
    private readonly double[] _updates;

    // The layer of each trained parameter.
    private readonly int[] _owners;
    private int _steps;

    public LayerNorms(NetworkDescription network)
    {
        _layers = [.. network.Layers];
        ParameterDescription[] trained = [.. network.Parameters.Where(static parameter => parameter.IsTrained)];
        _owners = [.. trained.Select(parameter => OwnerOf(parameter.Name))];
        _parameters = new long[_layers.Length];
        for (int i = 0; i < trained.Length; i++)
        {
            if (_owners[i] >= 0)
            {
                _parameters[_owners[i]] += LogicalShape.SizeOf(trained[i].Shape);
            }
        }

        _weights = new double[_layers.Length];
        _gradients = new double[_layers.Length];
        _updates = new double[_layers.Length];
    }

    public void Begin()
    {
        _steps = 0;
        Array.Clear(_weights);
        Array.Clear(_gradients);
        Array.Clear(_updates);
    }

    public void Add(IReadOnlyList<UpdateNorms> step)
    {
        _steps++;
        AddTo(_weights, step, static norms => norms.Weights);
        AddTo(_gradients, step, static norms => norms.Gradient);
        AddTo(_updates, step, static norms => norms.Update);
    }

    /// <summary>The means of the epoch.</summary>
    public LayerStatistic[] End()
    {
        var statistics = new LayerStatistic[_layers.Length];
        for (int i = 0; i < statistics.Length; i++)
        {
            var statistic = new LayerStatistic(_layers[i].Name, _layers[i].Activation, _parameters[i]);
            statistics[i] = _steps == 0 || _parameters[i] == 0 ? statistic : statistic with
            {
                WeightNorm = (float)(_weights[i] / _steps),
                GradientNorm = (float)(_gradients[i] / _steps),
                UpdateNorm = (float)(_updates[i] / _steps),
            };
        }

        return statistics;
    }

    private void AddTo(double[] sums, IReadOnlyList<UpdateNorms> step, Func<UpdateNorms, double> norm)
    {
        double[] squares = new double[sums.Length];
        for (int i = 0; i < step.Count; i++)
        {
            if (_owners[i] >= 0)
            {
                double value = norm(step[i]);
                squares[_owners[i]] += value * value;
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += Math.Sqrt(squares[i]);
        }
    }

    // The longest name that fits: a layer inside a block may begin with the name of another.
    private int OwnerOf(string parameter)
    {
        int owner = -1;
        for (int i = 0; i < _layers.Length; i++)
        {
            string name = _layers[i].Name;
            if (parameter.StartsWith(name, StringComparison.Ordinal) && parameter.Length > name.Length && parameter[name.Length] == '/'
                && (owner < 0 || name.Length > _layers[owner].Name.Length))
            {
                owner = i;
            }
        }

        return owner;
    }
}
