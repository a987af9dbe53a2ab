using Unroll.Interop.PyTorchFiles;

namespace Unroll.Interop;

/// <summary>Weights of PyTorch.</summary>
public static class PyTorch
{
    /// <summary>Puts the weights of a safetensors file, a <c>state_dict</c> of PyTorch, into a network that is there already.</summary>
    /// <remarks>
    /// Modules become layers by <paramref name="map"/>, else by their name where a layer has it, else by their shapes; where several have the same
    /// shapes, by the numbers in their names, in the order of the layers. A choice that is left is an error: a safetensors file does not keep the
    /// order of its modules. Kernels are turned over, gates put in Keras's order and biases of two vectors added, as the layer needs it; behind a
    /// flattened image the rows of a dense layer go to where the class has their values, as channels come last here. What is no weight,
    /// <c>num_batches_tracked</c>, is passed over. An epsilon is not in such a file: PyTorch's 1e-5 has to stand in the class.
    /// </remarks>
    /// <param name="model">The network; as it was where something is wrong.</param>
    /// <param name="path">The file, as <c>safetensors.torch.save_file(model.state_dict(), path)</c> writes it; any floating-point type is read.</param>
    /// <param name="map">
    /// Modules of the file by name, as <c>encoder.0</c>, each with its layer, as <c>dense1</c>. A separable convolution is two:
    /// <c>separable_conv2d1/depthwise</c> and <c>separable_conv2d1/pointwise</c>; a recurrent module of several layers is <c>lstm.l0</c>, <c>lstm.l1</c>.
    /// Default: none.
    /// </param>
    /// <exception cref="ArgumentException">The map names a module or layer that is not there, or one layer twice.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, is a pickle, or its weights are not the network's; all of it is named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void LoadWeights(ModelBase model, string path, IReadOnlyDictionary<string, string>? map = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        Pickle.Refuse(path);
        new TorchWeights(model, TorchModule.Read(path), path).Load(map ?? new Dictionary<string, string>());
    }
}
