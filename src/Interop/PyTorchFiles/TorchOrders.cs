using Unroll.Interop.Networks;

namespace Unroll.Interop.PyTorchFiles;

/// <summary>Follows through a network how PyTorch has its values.</summary>
internal sealed class TorchOrders
{
    private readonly ModelLayers _network;
    private readonly List<TorchOrder> _orders = [];

    public TorchOrders(ModelLayers network)
    {
        _network = network;
        foreach ((_, int[] shape) in network.Inputs)
        {
            // Images come channels first; of a sequence the file does not tell.
            _orders.Add(new TorchOrder(shape.Length == 3));
        }

        foreach (ModelLayer layer in network.Layers)
        {
            _orders.Add(Behind(layer));
        }
    }

    /// <summary>Of what a layer reads.</summary>
    public TorchOrder Before(ModelLayer layer, int input = 0) => _orders[layer.Inputs[input]];

    public int[] InputShape(ModelLayer layer, int input = 0) =>
        layer.Inputs[input] is int position && position < _network.Inputs.Count ? _network.Inputs[position].Shape : _network.Layers[layer.Inputs[input] - _network.Inputs.Count].Shape;

    public static bool IsOfImages(ModelLayer layer) => layer.Kind.Contains("Conv", StringComparison.Ordinal)
        || layer.Kind.Contains("Pooling", StringComparison.Ordinal)
        || layer.Kind.StartsWith("UpSampling", StringComparison.Ordinal)
        || layer.Kind.StartsWith("ZeroPadding", StringComparison.Ordinal)
        || layer.Kind.StartsWith("Cropping", StringComparison.Ordinal);

    private TorchOrder Behind(ModelLayer layer)
    {
        TorchOrder[] before = [.. layer.Inputs.Select(input => _orders[input])];
        if (IsOfImages(layer))
        {
            return before[0] with { IsChannelsFirst = layer.Shape.Length > 1 };
        }

        return layer.Kind switch
        {
            "Flatten" => Flattened(before[0], InputShape(layer)),
            "Reshape" => Reshaped(layer, before[0]),
            "EachStep" => new TorchOrder(layer.Shape.Length == 3) { UnknownSince = before[0].UnknownSince },
            "TimeDistributed" => Stacked(layer, before[1]),
            "Permute" => TorchOrder.Same with { UnknownSince = layer.Name },
            "Dense" or "LSTM" or "GRU" or "SimpleRNN" or "Embedding" or "PositionEmbedding" or "MultiHeadAttention" or "RepeatVector" or "Dot" => TorchOrder.Same,
            "Concatenate" when layer.Shape.Length == 1 => Joined(layer, before),
            _ when before.Any(order => order.UnknownSince is not null) => before.First(static order => order.UnknownSince is not null),
            _ when before.Skip(1).All(order => IsSame(order, before[0])) => before[0],
            _ => TorchOrder.Same with { UnknownSince = layer.Name },
        };
    }

    private static TorchOrder Flattened(TorchOrder order, int[] shape)
    {
        int channels = shape[^1];
        int places = shape.Take(shape.Length - 1).Aggregate(1, static (product, size) => product * size);
        return !order.IsChannelsFirst || channels == 1 || places == 1
            ? order with { IsChannelsFirst = false }
            : TorchOrder.Same with { UnknownSince = order.UnknownSince, Places = [.. Enumerable.Range(0, places * channels).Select(here => (here % channels * places) + (here / channels))] };
    }

    /// <summary>The same order there only where no axis is turned on either side.</summary>
    private TorchOrder Reshaped(ModelLayer layer, TorchOrder order)
    {
        bool turnsBefore = order.Places is not null || (order.IsChannelsFirst && IsTurned(InputShape(layer)));
        return turnsBefore || (layer.Shape.Length == 3 && IsTurned(layer.Shape))
            ? TorchOrder.Same with { UnknownSince = layer.Name }
            : new TorchOrder(layer.Shape.Length == 3) { UnknownSince = order.UnknownSince };
    }

    /// <summary>The steps of a block's values: as they are here where no axis is turned.</summary>
    private static TorchOrder Stacked(ModelLayer layer, TorchOrder order) =>
        TorchOrder.Same with { UnknownSince = order.UnknownSince ?? (order.Places is not null || (order.IsChannelsFirst && IsTurned(layer.Shape[1..])) ? layer.Name : null) };

    private TorchOrder Joined(ModelLayer layer, TorchOrder[] before)
    {
        if (before.FirstOrDefault(static order => order.UnknownSince is not null) is TorchOrder unknown)
        {
            return unknown;
        }

        if (before.All(static order => order.Places is null))
        {
            return TorchOrder.Same;
        }

        var places = new List<int>();
        for (int input = 0; input < before.Length; input++)
        {
            int start = places.Count;
            places.AddRange((before[input].Places ?? Enumerable.Range(0, InputShape(layer, input)[0])).Select(place => start + place));
        }

        return TorchOrder.Same with { Places = [.. places] };
    }

    private static bool IsTurned(int[] shape) => shape[^1] > 1 && shape.Take(shape.Length - 1).Any(static size => size > 1);

    private static bool IsSame(TorchOrder left, TorchOrder right) => left.IsChannelsFirst == right.IsChannelsFirst
        && (ReferenceEquals(left.Places, right.Places) || (left.Places is not null && right.Places is not null && left.Places.SequenceEqual(right.Places)));
}
